"""Words of facts are found for whoever may read them, as the view shows them, and for nobody else."""

import itertools

import pytest
from django.db import connection, transaction
from tests.integration.sealing.desk import account, opened, owner, sees
from tests.stores import acting
from tests.worlds.building import BUILDER, adair, day

from onrecord.apps.access.models import CircleMember, User
from onrecord.apps.access.roles import Role
from onrecord.apps.facts.services import record_later_value
from onrecord.apps.sealing import services as sealing
from onrecord.apps.searching.selectors import WORD_COLUMNS, search_words
from onrecord.apps.searching.services import rebuild_words
from onrecord.core.kernel.ids import public_reference
from onrecord.core.kernel.kinds import KINDS, naming_columns
from onrecord.core.searching.phrases import with_pairs

WORDS = "They walked to the boathouse twice. Someone was shouting about a lantern."


@pytest.fixture
def made(store):
    made = adair()
    made["words"] = made["world"].add(
        "narrative", "WMP:CRIME", "2012-10-02", case_lineage=made["report"],
        record_lineage=made["crime"], section="summary", body=WORDS,
    )  # fmt: skip
    account("rita", Role.REVIEW_LEAD)
    made["reader"] = sees("rita")
    return made


def search(made, words, viewer=None, on=None, limit=50):
    return list(search_words(viewer or made["reader"], words, made["world"].view(on), limit).hits)


@pytest.mark.parametrize(
    "words", ["boathouse", "walking boathouse", '"boathouse twice"', "lanterns", "shout -kitchen"]
)
def test_words_are_found_with_their_case_and_the_words_around_them(made, words):
    (hit,) = search(made, words)

    assert hit.kind == "narrative"
    assert hit.case == public_reference("C", made["report"])
    assert hit.known_on == day("2012-10-02")
    assert "⟦" in hit.excerpt


@pytest.mark.parametrize(
    "words", ["", "  ", "the", '"twice boathouse"', "boathouse -lantern", "kitchen", "Adair"]
)
def test_what_does_not_stand_there_is_not_found_and_no_name_is(made, words):
    assert search(made, words) == []


def test_a_category_and_an_ending_are_found_too(made):
    assert [hit.kind for hit in search(made, "rudeness")] == ["allegation"]
    assert [hit.kind for hit in search(made, "local resolution")] == ["disposition"]


def test_nothing_is_found_before_it_was_known(made):
    assert search(made, "boathouse", on="2012-10-01") == []
    assert len(search(made, "boathouse", on="2012-10-02")) == 1


def test_a_value_that_changed_is_found_as_the_day_had_it(made):
    record_later_value(
        actor=BUILDER, kind="allegation", lineage=made["rude"], known_on=day("2010-01-01"),
        values={"category": "Discourtesy"}, reason="a test",
    )  # fmt: skip

    assert search(made, "rudeness") == []
    assert len(search(made, "discourtesy")) == 1
    assert len(search(made, "rudeness", on="2009-01-01")) == 1
    assert search(made, "discourtesy", on="2009-01-01") == []


@pytest.mark.parametrize(("kind", "name"), [("case", "report"), ("person", "crime")])
def test_what_stands_behind_a_wall_is_neither_found_nor_counted(made, kind, name):
    hana = owner()
    seal = opened(hana)
    sealing.seal_thing(viewer=hana, number=seal.pk, thing_kind=kind, lineage=made[name])

    found = search_words(made["reader"], "boathouse", made["world"].view(), 50)

    assert list(found.hits) == []
    assert not found.is_cut
    assert len(search(made, "boathouse", viewer=hana)) == 1


def test_what_is_hidden_takes_no_place_of_what_is_not(made, monkeypatch):
    from onrecord.apps.searching import selectors

    made["world"].add("narrative", "NSP:PSD", "2013-01-01", case_lineage=made["complaint"],
                      body="A boathouse again.")  # fmt: skip
    hana = owner()
    sealing.seal_thing(
        viewer=hana, number=opened(hana).pk, thing_kind="case", lineage=made["report"]
    )
    monkeypatch.setattr(selectors, "AT_MOST", 1)

    (hit,) = search(made, "boathouse")

    assert hit.case == public_reference("C", made["complaint"])


def test_an_investigator_finds_words_of_their_own_cases_alone(made):
    account("ivo", Role.INVESTIGATOR)
    assert search(made, "boathouse", viewer=sees("ivo")) == []

    with acting():
        CircleMember.objects.create(
            user=User.objects.get(username="ivo"), thing_kind="case", lineage=made["report"],
            part="investigator", added_by="a test", reason="a test",
        )  # fmt: skip

    assert len(search(made, "boathouse", viewer=sees("ivo"))) == 1


def test_an_administrator_finds_nothing(made):
    account("ada", Role.ADMINISTRATOR)

    assert search(made, "boathouse", viewer=sees("ada")) == []


def test_the_application_writes_no_words_itself_and_a_rebuild_makes_the_same(made):
    before = _rows()
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        connection.cursor().execute("delete from projection.fact_words")

    assert rebuild_words() == len(before)
    assert _rows() == before


def test_the_table_knows_every_column_by_which_a_fact_can_be_walled_and_only_words(store):
    from onrecord.core.kernel.kinds import Use

    with connection.cursor() as cursor:
        cursor.execute("select * from projection.word_columns()")
        rows = {row[0]: row[1:] for row in cursor.fetchall()}
    assert set(rows) == set(WORD_COLUMNS)
    for kind, (words, _, *named) in rows.items():
        assert tuple(words.split(", ")) == WORD_COLUMNS[kind]
        linked = {"lineage", "case_lineage", "record_lineage", *named} - {"null::uuid"}
        assert linked == set(naming_columns(KINDS[kind])), kind
        assert all(KINDS[kind].column(w).use in {Use.CODE, Use.TEXT} for w in WORD_COLUMNS[kind])
        assert KINDS[kind].is_readable


def _rows():
    with connection.cursor() as cursor:
        cursor.execute("select * from projection.fact_words order by fact_id")
        return cursor.fetchall()


TEXTS = (
    "red lamp by the gate", "red gate by the lamp", "a red-brick wall, red brick, brick red",
    "www.example.org/red/lamp and red@lamp.example", "it's o'brien's lamp; the lamp is red",
    "red red red lamp lamp", "lamp", "red 12.5 lamps, 3/4 red", "gate of the red lamp of a wall",
    "x" * 500 + " red lamp " + "y" * 450 + " gate", " ".join(f"word{n} red lamp" for n in range(300)),
    "Rot ärger lamp — “red lamp”", "back\\slash red 'lamp'",
)  # fmt: skip
PHRASES = (
    "red lamp", "lamp red", "red gate", "gate by lamp", "red-brick wall", "brick red", "red red lamp",
    "o'brien's lamp", "example.org/red/lamp", "12.5 lamps", "red lamp gate", "gate of the red lamp",
    "word7 red lamp", "red lamp word8", "red word8", "back\\slash red", "lamp the lamp", "ärger lamp",
)  # fmt: skip


def test_a_phrase_finds_what_postgresql_finds_by_trying_it_on_every_text(made):
    for text in TEXTS:
        made["world"].add(
            "narrative", "WMP:CRIME", "2012-10-02", case_lineage=made["report"],
            record_lineage=made["crime"], section="summary", body=text,
        )  # fmt: skip
    found = {}
    with connection.cursor() as cursor:
        for phrase in [
            *PHRASES,
            *(f'{a} "{b}"' for a, b in itertools.pairwise(PHRASES)),
        ]:
            typed = phrase if '"' in phrase else f'"{phrase}"'
            for form in (typed, f"-{typed} red", f"{typed} or wall"):
                cursor.execute("select websearch_to_tsquery('english', %s)::text", [form])
                asked = cursor.fetchone()[0]
                cursor.execute(
                    "select w.words @@ %s::tsquery, to_tsvector('english', n.body) @@ %s::tsquery"
                    " from facts.narrative n join projection.fact_words w using (fact_id)",
                    [with_pairs(asked), asked],
                )
                answers = cursor.fetchall()
                assert [quick for quick, _ in answers] == [slow for _, slow in answers], form
                found[form] = sum(slow for _, slow in answers)
    assert sum(map(bool, found.values())) > len(found) / 2


def test_a_text_too_long_for_its_pairs_is_still_found_by_a_phrase(made):
    long = " ".join(f"number{n:06}" for n in range(20_000)) + " copper kettle"
    made["world"].add(
        "narrative", "WMP:CRIME", "2012-10-02", case_lineage=made["report"],
        record_lineage=made["crime"], section="summary", body=f"silver kettle {long}",
    )  # fmt: skip
    assert len(search(made, '"silver kettle"')) == 1
    assert search(made, '"kettle silver"') == []
