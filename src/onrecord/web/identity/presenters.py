"""What the pages of the desk say."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from onrecord.apps.linking.asking import Answer
from onrecord.apps.linking.desk import Desk, QueuedPair, Waiting
from onrecord.apps.linking.roles import UnknownRole
from onrecord.core.linkage.models import LinkModel
from onrecord.core.linkage.specs import LinkSpec
from onrecord.web.components.data_table.component import Cell, DataTable, Row, columns, short
from onrecord.web.components.pagination.component import page_of
from onrecord.web.components.summary.component import Line
from onrecord.web.components.ways.component import Way
from onrecord.web.wording.dates import short_date
from onrecord.web.wording.numbers import counted

PAGE = 25
LISTS = {
    Waiting.CONTESTED: ("Contested", "Nobody contests a link."),
    Waiting.DIFFER: ("Readers differ", "No two readers differ."),
    Waiting.SECOND: ("To be read a second time", "Nothing is to be read a second time by you."),
    Waiting.OPEN: ("To judge", "The model leaves nothing open."),
    Waiting.MORE: ("More must be known", "Nothing waits for more to be known."),
}
_ROUTES = {Waiting.SECOND: "identity:second"}


@dataclass(frozen=True, slots=True)
class DeskShown:
    """Everything that the desk's template writes."""

    tabs: tuple[Way, ...]
    table: DataTable
    start_href: str
    agreement: str
    card: tuple[Line, ...]


def desk_shown(
    found: Desk, name: str, number: int, card: tuple[Line, ...], *, hide_names: bool
) -> DeskShown:
    """Return one list of the desk, and where to begin."""
    why = Waiting(name)
    label, empty = LISTS[why]
    pairs = found.lists[why]
    page, pagination = page_of(
        pairs, number=number, size=PAGE, name="page", label=label, query={"list": name}
    )
    rows = tuple(_row(pair, hide_names=hide_names) for pair in page)
    table = DataTable(
        label, columns("Link", "One record", "The other", "#Weight", "Since"), rows, empty=empty,
        pagination=pagination,
    )  # fmt: skip
    tabs = tuple(
        Way(
            f"{words} ({len(found.lists[each])})",
            f"{reverse('identity:desk')}?list={each.value}",
            each is why,
        )
        for each, (words, _) in LISTS.items()
    )
    first = found.order[0] if found.order else None
    return DeskShown(tabs, table, href_of(first) if first else "", _agreement(found), card)


def _row(pair: QueuedPair, *, hide_names: bool) -> Row:
    one, other = (_without_name(text) if hide_names else text for text in (pair.one, pair.other))
    weight = "" if pair.weight is None else f"{pair.weight:.1f}"
    return Row(
        (
            Cell(pair.reference, href_of(pair), is_short=True),
            Cell(one),
            Cell(other),
            Cell(weight),
            short(short_date(pair.since)),
        )
    )


def _without_name(text: str) -> str:
    return f"Name hidden, {text.rpartition(', ')[2]}"


def href_of(pair: QueuedPair) -> str:
    """Return where a pair that waits is judged, or read a second time."""
    return reverse(_ROUTES.get(pair.why, "identity:judge"), args=[pair.reference])


def _agreement(found: Desk) -> str:
    told = found.agreement
    if told is None:
        return "No pair was read by two people yet."
    kappa = "cannot be told" if told.kappa is None else f"{told.kappa:.2f}"
    ac1 = "cannot be told" if told.ac1 is None else f"{told.ac1:.2f}"
    return (
        f"{counted(told.pairs, 'pair')} read by two people: {told.alike:.0%} alike;"
        f" kappa {kappa}, AC1 {ac1}."
    )


def card_lines(model: LinkModel | None, spec: LinkSpec) -> tuple[Line, ...]:
    """Return what is to be known of the model that proposes links."""
    if model is None:
        return ()
    card = model.card
    return (
        Line("Model", model.name), Line("Learned", str(card["at"])[:10]),
        Line("Learned from", f"{card['records']:,} records"),
        Line("Joins by itself from", f"a weight of {spec.automatic:g}, as one false link costs as much as"
             f" {card['false_link_costs']} that are missed"),
        Line("Asks a person from", f"a weight of {spec.desk:g}"),
        Line("Left out", ", ".join(card.get("left_out", [])) or "nothing",
             note="Of what is compared, what taught nothing here."),
        Line("Not for", str(card["not_for"])),
    )  # fmt: skip


def answer_table(answer: Answer, *, hide_names: bool) -> DataTable:
    """Return whom it may be, likeliest first."""
    rows = tuple(
        Row((
            Cell(one.reference if hide_names else one.name, reverse("people:person", args=[one.reference]),
                 note=f"{one.organisation} {one.source_ref}".strip()),
            Cell(f"{one.weight:.1f}"), Cell(one.words),
        ))
        for one in answer.candidates
    )  # fmt: skip
    return DataTable(
        "Whom it may be",
        columns("Person", "#Weight", "What speaks for it and against"),
        rows,
        empty="Nobody on record is like this, or nobody you may see.",
    )


def roles_table(found: Sequence[UnknownRole], number: int, *, hide_names: bool) -> DataTable:
    """Return whose role in which case nobody knows."""
    page, pagination = page_of(
        found, number=number, size=PAGE, name="page", label="Roles that nobody knows", query={}
    )
    rows = tuple(
        Row((
            Cell(each.without_name if hide_names else each.name, reverse("identity:settle", args=[each.reference])),
            Cell(each.case, reverse("cases:case", args=[each.case])), Cell(each.organisation),
            short(short_date(each.known_on)),
        ))
        for each in page
    )  # fmt: skip
    return DataTable(
        "Roles that nobody knows",
        columns("Who", "Case", "Held by", "Known"),
        rows,
        empty="Everybody's role in every case that you reach is known.",
        pagination=pagination,
    )
