"""A definition is a file that people write, so what is wrong with one is said in words."""

import pytest

from onrecord.core.cohorts.definition import DateBasis
from onrecord.core.cohorts.loading import (
    definition_schema,
    parse_definition,
    read_text,
    shipped_definitions,
    shipped_text,
)
from onrecord.core.kernel.errors import DataRejectedError, NotFoundError
from unit.core.cohorts.small_worlds import DOMESTIC, SERVING


@pytest.mark.parametrize("name", shipped_definitions())
def test_what_is_shipped_reads_and_is_called_by_its_file(name):
    assert parse_definition(shipped_text(name)).name == name


def test_the_reported_review_asks_for_what_was_announced():
    review = parse_definition(shipped_text("reported-review"))

    assert review.period.date_basis is DateBasis.FINALISED
    assert review.completed_only
    assert (review.period.to.year - review.period.from_.year) == 10
    assert review.serving_on.organisations == ("NSP",)
    assert review.not_dismissed is not None
    assert review.without_allegation == ()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (DOMESTIC.replace("finalised", "closed"), "'closed' is not one of occurred, reported"),
        (DOMESTIC.replace("select", "selects"), "'selects' was unexpected"),
        (DOMESTIC.replace("version: 1", "version: 0"), "version: 0 is less than"),
        (DOMESTIC.replace("[domestic]", "[]"), "select.allegations.0.factors: is empty"),
        (DOMESTIC.replace("2010-01-01", "2010-02-30"), "'2010-02-30' is no day of the calendar"),
        (DOMESTIC.replace("2010-01-01", "2020-01-01"), "'from' is after 'to'"),
        (DOMESTIC.replace("name: domestic", "name: Domestic!"), "name:"),
        (f"{DOMESTIC}serving_on: {{organisations: [NSP]}}", "'date' is a required property"),
        (f"{DOMESTIC}person_types: [wizard]", "'wizard' is not one of officer"),
        ("- a list", "the file:"),
        ("a: [", "This is not YAML near line"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(wrong, said):
    with pytest.raises(DataRejectedError) as refused:
        parse_definition(wrong)

    assert said in refused.value.message
    assert "define-a-cohort.md" in refused.value.next_step


def test_every_fault_is_named_at_once():
    wrong = DOMESTIC.replace("finalised", "closed").replace("version: 1", "version: none")

    with pytest.raises(DataRejectedError, match=r"version.*") as refused:
        parse_definition(wrong)

    assert "date_basis" in refused.value.message


def test_the_hash_covers_what_is_said_and_not_how_it_is_laid_out():
    relaid = DOMESTIC.replace("{allegations: [{factors: [domestic]}]}",
                              "\n  allegations:\n    - factors: ['domestic']")  # fmt: skip

    assert parse_definition(relaid).content_hash == parse_definition(DOMESTIC).content_hash
    more = parse_definition(DOMESTIC + SERVING)
    assert more.content_hash != parse_definition(DOMESTIC).content_hash


def test_a_name_that_is_not_shipped_names_those_that_are():
    with pytest.raises(NotFoundError, match="reported-review"):
        shipped_text("nothing")


def test_a_file_that_is_missing_or_no_text_is_refused(tmp_path):
    (tmp_path / "bytes.yaml").write_bytes(b"\xff\xfe\x00\x80")

    for name in ("missing.yaml", "bytes.yaml"):
        with pytest.raises(DataRejectedError, match=name):
            read_text(tmp_path / name)


def test_every_property_of_the_schema_is_one_that_the_definition_reads():
    schema = definition_schema()

    assert set(schema["properties"]) == {
        "name", "version", "title", "description", "select", "dates", "completed_only", "held_by",
        "case_types", "dispositions", "person_types", "serving_on", "not_dismissed",
    }  # fmt: skip
