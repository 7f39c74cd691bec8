"""What the world was fitted to, where each figure was published, and what it came to.

Every value on the page is computed from the world's own truth; none is typed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from onrecord.core.world.generating import World
from onrecord.core.world.scales import DEFAULT_SEED, FORCE

_WHOLE = 10
"""Figures below this are ratios, shown with decimals."""

_CONDUCT = "org = 'NSP' and system = 'PSD' and case_type <> 'complaint'"
_SETUP = f"""
create view conduct as select * from cases where {_CONDUCT};
create view entries as
  select a.* from allegations a join conduct c using (org, system, ref) where a.person >= 0;
create view per_person as select person, count(distinct ref) as n from entries group by 1;
create view ended as
  select a.*, a.wording like 'Case to answer%' as answered from entries a where a.wording is not null;
"""


@dataclass(frozen=True, slots=True)
class Target:
    """A published figure: its name, value and source, and how the world's is computed."""

    name: str
    published: float
    source: str
    sql: str
    is_share: bool = False

    def shown(self, value: float) -> str:
        """Return a value as the page shows it."""
        if self.is_share:
            return f"{value:.1%}"
        return f"{value:,.0f}" if self.published >= _WHOLE else f"{value:.2f}"


_SEXUAL = "'Sexual assault', 'Sexual harassment', 'Other sexual conduct', 'Abuse of position for a sexual purpose'"
_VAWG = f"({_SEXUAL}, 'Discreditable conduct - domestic abuse', 'Domestic stalking or harassment')"

TARGETS = (
    Target("People in conduct records", 8917, "CAS-1", "select count(*) from per_person"),
    Target(
        "People with more than one case",
        1809,
        "CAS-2",
        "select count(*) from per_person where n > 1",
    ),
    Target(
        "Share of them with more than one case",
        0.20,
        "CAS-2",
        "select avg((n > 1)::int) from per_person",
        is_share=True,
    ),
    Target(
        "People with six cases or more",
        41,
        "data-notes, UK context",
        "select count(*) from per_person where n >= 6",
    ),
    Target("Conduct cases", 10252, "CAS-1", "select count(*) from conduct"),
    Target(
        "Subject entries (person in a case)",
        12856,
        "CAS-1",
        "select count(distinct (person, ref)) from entries",
    ),
    Target("Allegations", 18589, "CAS-1", "select count(*) from entries"),
    Target(
        "Mean days to finalise",
        400,
        "CAS-1",
        "select avg(finalised - recorded) from conduct where finalised is not null",
    ),
    Target(
        "Finalised after more than two years",
        0.20,
        "CAS-1",
        "select avg((finalised - recorded > 730)::int) from conduct where finalised is not null",
        is_share=True,
    ),
    Target(
        "Case to answer, all allegations",
        0.33,
        "CAS-1",
        "select avg(answered::int) from ended",
        is_share=True,
    ),
    Target(
        "Case to answer, sexual misconduct",
        0.29,
        "CAS-1",
        f"select avg(answered::int) from ended where category in ({_SEXUAL})",
        is_share=True,
    ),
    Target(
        "Case to answer, equality and diversity",
        0.20,
        "CAS-1",
        "select avg(answered::int) from ended where category = 'Equality and diversity'",
        is_share=True,
    ),
    Target(
        "Dismissed, of those with more than one case",
        13,
        "CAS-2",
        "select count(distinct e.person) from employed e join per_person p using (person) "
        "where e.ending = 'left_dismissed' and p.n > 1",
    ),
    Target(
        "Discreditable conduct, of conduct allegations of violence against women",
        0.48,
        "HM-2",
        "select avg((category = 'Discreditable conduct - domestic abuse')::int) from entries "
        f"where category in {_VAWG}",
        is_share=True,
    ),
    Target(
        "Sexual assault, of the same",
        0.19,
        "HM-2",
        f"select avg((category = 'Sexual assault')::int) from entries where category in {_VAWG}",
        is_share=True,
    ),
    Target(
        "Sexual harassment, of the same",
        0.13,
        "HM-2",
        f"select avg((category = 'Sexual harassment')::int) from entries where category in {_VAWG}",
        is_share=True,
    ),
    Target(
        "Black people in conduct records, against White (times as likely)",
        1.81,
        "CAS-3",
        "select (select {rate} where heritage = 'black') / (select {rate} where heritage = 'british')",
    ),
    Target(
        "Asian people in conduct records, against White (times as likely)",
        1.55,
        "CAS-3",
        "select (select {rate} where heritage in ('south_asian', 'chinese')) / "
        "(select {rate} where heritage = 'british')",
    ),
    Target(
        "Domestic and sexual crime reports charged",
        0.09,
        "SC-1",
        "select avg((result like '1 Charge%')::int) from cases "
        "where system = 'CRIME' and finalised >= date '2013-04-01'",
        is_share=True,
    ),
)
"""Published figures that the generator is fitted to; `force` scale, the large force."""

_RATE = (
    "count(p.person) / count(*) from people q left join per_person p using (person) "
    "semi join (select person from employed where org = 'NSP') using (person)"
)

NOT_FITTED = (
    "The mix of public complaints by category: published shares cover complaints by women only.",
    "Complaints of violence against women by type (HM-2, complaints): not modelled.",
    "Referrals, duty status, vetting decisions and intelligence: volumes are assumptions.",
    "Service lengths, ranks, units, heritage and name frequencies: assumptions, invented.",
)


def measured(world: World) -> list[tuple[Target, float]]:
    """Compute each target's value from the world's truth."""
    with duckdb.connect() as database:
        for name in ("people", "employed", "cases", "allegations"):
            path = str(world.truth / f"{name}.parquet").replace("'", "''")
            database.execute(f"create view {name} as from '{path}'")
        database.execute(_SETUP)
        return [(target, _value(database, target.sql)) for target in TARGETS]


def _value(database: duckdb.DuckDBPyConnection, sql: str) -> float:
    row = database.execute(sql.replace("{rate}", _RATE)).fetchone()
    return float(row[0]) if row and row[0] is not None else 0.0


def page(world: World, seed: int) -> str:
    """Return the page that tells the world's figures, as Markdown."""
    sections: list[Callable[[World, int], list[str]]] = [_opening, _review, _figures, _files]
    lines = [line for section in sections for line in section(world, seed)]
    return "\n".join(lines) + "\n"


def _opening(_world: World, seed: int) -> list[str]:
    fitted = (
        "the seed it is fitted for" if seed == DEFAULT_SEED else "not the seed it is fitted for"
    )
    return [
        "# The demonstration world",
        "",
        "Written by `onrecord demo --calibration`; do not edit. Every value in the columns *achieved*",
        f"is computed from the generated world, scale `force`, seed {seed} ({fitted}).",
        "",
        "Everything is invented: forces, people, cases. No force, person or date of any real case is",
        "in it. One person's record has the shape of the one that was reported; another was the",
        "victim in five incidents and is the subject of nothing. Ground truth is written beside the",
        "extracts, in `truth/`, and never imported.",
        "",
    ]


def _review(world: World, _seed: int) -> list[str]:
    review = world.review
    return [
        "## The reported review",
        "",
        "Fitted openly: for the default seed the generator deals out exactly the published numbers",
        "of people and cases; any other seed draws both within 2.5 %. An oracle written apart from",
        "the cohort code counts it from the truth.",
        "",
        "| what | published (ONX-1) | achieved |",
        "|---|---|---|",
        f"| people | {FORCE.review_people:,} | {review.people:,} |",
        f"| cases | {FORCE.review_cases:,} | {review.cases:,} |",
        f"| review items (person in a case) | not published | {review.items:,} |",
        f"| allegations | not published | {review.allegations:,} |",
        "",
    ]


def _figures(world: World, _seed: int) -> list[str]:
    found = [
        f"| {target.name} | {target.shown(target.published)} | {target.source} "
        f"| {target.shown(value)} |"
        for target, value in measured(world)
    ]
    return [
        "## Published figures",
        "",
        "Sources are paragraphs of the project's law reference (section 10) and data notes.",
        "",
        "| figure | published | source | achieved |",
        "|---|---|---|---|",
        *found,
        "",
        "Not fitted, because no figure was found or none is modelled:",
        "",
        *(f"- {line}" for line in NOT_FITTED),
        "",
    ]


def _files(world: World, _seed: int) -> list[str]:
    return [
        "## Files",
        "",
        "What each source system would have sent, for the descriptions in",
        "`src/onrecord/core/world/descriptions/`.",
        "",
        "| file | rows |",
        "|---|---|",
        *(f"| `{Path(file.file).as_posix()}` | {file.rows:,} |" for file in world.files),
        f"| all | {world.rows:,} |",
    ]
