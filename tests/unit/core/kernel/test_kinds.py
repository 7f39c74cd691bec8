"""The register of kinds: what a column may be, and where its values may go."""

import pytest

from onrecord.core.kernel.fact_columns import CODES, HEADER_COLUMNS, KIND_COLUMNS, SEALED_KINDS
from onrecord.core.kernel.kinds import KINDS, ColumnType, Use

HEADER = {line.split()[0] for line in HEADER_COLUMNS.strip().splitlines()}
COLUMNS = [(kind, column) for kind in KINDS.values() for column in kind.columns]

ASKED_FOR = {
    "person_record", "service_spell", "incident", "case_reported", "case_finalised", "allegation",
    "disposition", "party_role", "reported_decision", "notification", "duty_status_spell", "clearance",
    "clearance_check", "referral", "withdrawal", "identity_judgement", "incident_judgement",
    "intelligence_report", "document", "record", "holding", "narrative", "party_identity",
}  # fmt: skip


def test_every_kind_that_was_asked_for_is_there():
    assert set(KINDS) >= ASKED_FOR
    assert len(KINDS) == len(KIND_COLUMNS)


@pytest.mark.parametrize(
    ("kind", "column"), COLUMNS, ids=[f"{k.name}.{c.name}" for k, c in COLUMNS]
)
def test_a_column_says_what_it_means_and_does_not_repeat_the_header(kind, column):
    assert column.meaning
    assert column.name not in HEADER
    assert [c.name for c in kind.columns].count(column.name) == 1
    assert kind.column(column.name) is column


@pytest.mark.parametrize(
    ("kind", "column"), COLUMNS, ids=[f"{k.name}.{c.name}" for k, c in COLUMNS]
)
def test_the_use_of_a_column_fits_what_is_in_it(kind, column):
    fitting = {
        Use.DATE: {ColumnType.DATE},
        Use.NUMBER: {ColumnType.INTEGER, ColumnType.MONEY},
        Use.LINK: {ColumnType.LINEAGE},
        Use.CODE: {ColumnType.TEXT, ColumnType.CODES, ColumnType.BOOL},
    }
    assert column.type in fitting.get(column.use, set(ColumnType)), kind.name


@pytest.mark.parametrize(
    ("kind", "column"), COLUMNS, ids=[f"{k.name}.{c.name}" for k, c in COLUMNS]
)
def test_a_column_that_links_names_a_kind_that_there_is(kind, column):
    if column.links_to:
        assert column.type is ColumnType.LINEAGE
        assert column.links_to in KINDS, kind.name


def test_what_is_sealed_or_protected_goes_nowhere_outside_its_own_table():
    for kind in KINDS.values():
        if not kind.is_readable:
            uses = {column.use for column in kind.columns}
            assert uses == {Use.PRIVATE}, kind.name
        else:
            assert Use.PRIVATE not in {column.use for column in kind.columns}, kind.name


def test_names_births_and_service_numbers_are_not_in_snapshots():
    telling = {"family_name", "given_names", "middle_names", "birth_date", "service_number",
               "warrant_number", "maker_name", "name", "contact"}  # fmt: skip
    for kind, column in COLUMNS:
        if column.name in telling:
            assert not column.in_snapshot, f"{kind.name}.{column.name}"


def test_free_text_is_not_in_snapshots():
    for kind, column in COLUMNS:
        if column.name in {"body", "reason", "reasons", "terms"}:
            assert not column.in_snapshot, f"{kind.name}.{column.name}"


def test_a_date_known_at_another_time_than_its_fact_has_a_fact_of_its_own():
    """A complaint is known when received, its finding when finalised (design, section 1)."""
    assert "finalised_on" not in {c.name for c in KINDS["case_reported"].columns}
    assert "finalised_on" not in {c.name for c in KINDS["allegation"].columns}
    assert "disposition_class" not in {c.name for c in KINDS["allegation"].columns}
    assert "ended_on" not in {c.name for c in KINDS["service_spell"].columns}


def test_intelligence_is_sealed_and_victims_are_in_a_schema_of_their_own():
    assert (
        {kind.name for kind in KINDS.values() if kind.is_sealed}
        == SEALED_KINDS
        == {"intelligence_report"}
    )
    assert KINDS["party_identity"].table == "compartment.party_identity"
    assert [k.name for k in KINDS.values() if k.is_compartmented] == ["party_identity"]


def test_organisation_and_wall_are_on_every_root():
    roots = {kind.name for kind in KINDS.values() if kind.is_root}
    assert roots == {
        "person_record",
        "incident",
        "case_reported",
        "intelligence_report",
        "document",
    }


def test_a_closed_vocabulary_belongs_to_a_column_that_there_is():
    named = {column.name for _, column in COLUMNS}
    assert set(CODES) <= named
    for choices in CODES.values():
        assert len(set(choices)) == len(choices)


def test_nobody_is_cleared_and_nobody_is_accused():
    words = " ".join([*CODES, *(c for choices in CODES.values() for c in choices), *KINDS,
                      *(column.name for _, column in COLUMNS)])  # fmt: skip
    assert "cleared" not in words
    assert "accused" not in words


def test_a_kind_has_no_column_that_is_not_in_the_register():
    with pytest.raises(KeyError, match=r"allegation\.nothing"):
        KINDS["allegation"].column("nothing")
