"""A later extract: what it changes, when that became known, what is gone, and taking it back."""

import shutil
from datetime import date

import pytest

from integration.intake.importing import (
    EXAMPLE,
    VIEWER,
    counts,
    example,
    import_from,
    rows_of,
    said,
)
from onrecord.core.kernel.errors import DataRejectedError, UsageError
from onrecord.core.ledger.actors import LOCAL_OPERATOR

pytestmark = pytest.mark.usefixtures("store")


@pytest.fixture
def later(tmp_path):
    """A copy of the worked example's files, to be changed by a test."""
    return shutil.copytree(EXAMPLE, tmp_path / "later")


def edit(folder, file, old, new):
    path = folder / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_a_changed_value_is_a_later_one_known_from_the_date_of_the_extract(tmp_path, later):
    import_from(example(), EXAMPLE, tmp_path)
    edit(later, "officers.csv", "Sample", "Changed")
    result = import_from(example(), later, tmp_path, extract_date="2017-03-31")

    assert next(one for one in result.tables if one["table"] == "officers")["changed"] == 1
    assert said(
        "facts.person_record",
        "family_name, change, known_on, known_basis",
        "family_name = 'Changed'",
    ) == [("Changed", "later", date(2017, 3, 31), "extract")]


def test_a_changed_value_with_a_later_date_of_its_own_is_known_from_that_date(tmp_path, later):
    import_from(example(), EXAMPLE, tmp_path)
    edit(later, "complaints.csv", "20/06/2010,Not upheld", "20/06/2012,Upheld")
    import_from(example(), later, tmp_path, extract_date="2017-03-31")

    assert said(
        "facts.case_finalised",
        "change, known_on, known_basis",
        "result = 'Upheld' and change = 'later'",
    ) == [("later", date(2012, 6, 20), "stated")]


def test_a_change_described_as_a_mistake_keeps_its_known_date(tmp_path, later):
    text = example(
        (
            "person: officer\n    known: joined",
            "person: officer\n    changes_are: mistake\n    known: joined",
        )
    )
    import_from(text, EXAMPLE, tmp_path)
    edit(later, "officers.csv", "Sample", "Corrected")
    import_from(text, later, tmp_path, extract_date="2017-03-31")

    assert said(
        "facts.person_record", "change, known_on, known_basis", "family_name = 'Corrected'"
    ) == [("mistake", date(2004, 4, 1), "stated")]


def test_a_change_in_an_extract_that_is_not_later_is_rejected_and_nothing_is_changed(
    tmp_path, later
):
    text = example(("coverage: full", "coverage: full\nreject_limit: 100%"))
    import_from(text, EXAMPLE, tmp_path, extract_date="2016-03-31")
    edit(later, "complaints.csv", "C/1,02/01/2010", "C/1,03/01/2010")
    before = rows_of("facts.case_reported")
    result = import_from(text, later, tmp_path, extract_date="2009-12-31", is_dry_run=True)
    assert any(one["rejected"] for one in result.tables)
    assert rows_of("facts.case_reported") == before


def test_what_a_full_extract_no_longer_has_is_gone_from_its_date(tmp_path, later):
    import_from(example(), EXAMPLE, tmp_path)
    edit(later, "accused.csv", "C/1,1002,Oppressive conduct,Not upheld\n", "")
    result = import_from(example(), later, tmp_path, extract_date="2017-03-31")

    assert next(one for one in result.tables if one["table"] == "accused")["gone"] == 1
    assert said(
        "facts.allegation", "change, known_on, known_basis, record_lineage is not null", "gone"
    ) == [("later", date(2017, 3, 31), "extract", True)]


def test_what_a_delta_does_not_mention_stays(tmp_path, later):
    delta = example(("coverage: full", "coverage: delta"))
    import_from(delta, EXAMPLE, tmp_path)
    edit(later, "accused.csv", "C/1,1002,Oppressive conduct,Not upheld\n", "")
    result = import_from(delta, later, tmp_path, extract_date="2017-03-31")

    assert not result.wrote
    assert rows_of("facts.allegation where gone") == 0


def test_what_is_gone_may_come_back(tmp_path, later):
    import_from(example(), EXAMPLE, tmp_path)
    edit(later, "accused.csv", "C/1,1002,Oppressive conduct,Not upheld\n", "")
    import_from(example(), later, tmp_path, extract_date="2017-03-31")
    import_from(example(), EXAMPLE, tmp_path, extract_date="2018-03-31")
    again = import_from(example(), EXAMPLE, tmp_path, extract_date="2019-03-31")

    assert said("facts.allegation", "gone, known_on", "source_ref = 'C/1/1002/Oppressive conduct' or gone") == [
        (False, date(2010, 1, 5)), (True, date(2017, 3, 31)), (False, date(2018, 3, 31)),
    ]  # fmt: skip
    assert not again.wrote


def test_a_row_that_is_rejected_is_not_gone(tmp_path, later):
    text = example(("coverage: full", "coverage: full\nreject_limit: 100%"))
    import_from(text, EXAMPLE, tmp_path)
    edit(later, "officers.csv", "1002,Sample,Sam,1980", "1002,Sample,Sam,soon")
    edit(later, "complaints.csv", "C/2,11/03/2012,12/03/2012,Conduct,,", "C/2,11/03/2012")
    import_from(text, later, tmp_path, extract_date="2017-03-31")

    for table in ("person_record", "case_reported", "allegation", "service_spell"):
        assert rows_of(f"facts.{table} where gone") == 0, table


def test_that_nothing_is_counted_as_gone_is_said_with_the_reason(tmp_path, later):
    text = example(("coverage: full", "coverage: full\nreject_limit: 100%"))
    first = import_from(text, EXAMPLE, tmp_path)
    edit(later, "accused.csv", "C/1,1002,Oppressive conduct,Not upheld\n", "C/1,1002\n")
    result = import_from(text, later, tmp_path, extract_date="2017-03-31")
    said_so = [
        "Nothing of allegation, disposition is counted as gone, because 1 row of accused could not be read or joined."
    ]

    assert first.as_json()["notes"] == []
    assert result.as_json()["notes"] == said_so
    assert result.health["sentences"][:1] == said_so


def test_an_end_of_service_that_names_a_spell_on_record_only_from_another_batch_is_not_dangling(
    tmp_path, later
):
    delta = example(("coverage: full", "coverage: delta"))
    import_from(delta, EXAMPLE, tmp_path)
    ends_only = delta.replace("when: joined is not empty", "when: joined = 'never'")
    other = ends_only.replace("name: example_force", "name: another_force")
    edit(later, "officers.csv", "30/11/2013", "30/11/2014")
    alone = [
        one["link"]
        for one in import_from(other, later, tmp_path, is_dry_run=True).health["dangling"]
    ]
    renamed = other.replace("EXAMPLESHIRE:COMPLAINTS", "ELSEWHERE:COMPLAINTS")
    elsewhere = import_from(renamed, later, tmp_path, is_dry_run=True).health["dangling"]

    assert "spell" not in alone
    assert [(one["link"], one["facts"]) for one in elsewhere if one["link"] == "spell"] == [
        ("spell", 1)
    ]


def test_an_extract_that_is_yet_to_come_is_refused(tmp_path):
    with pytest.raises(UsageError, match="yet to come"):
        import_from(example(), EXAMPLE, tmp_path, extract_date="9999-12-31")


def test_a_dry_run_says_what_would_be_done_and_writes_nothing(tmp_path):
    result = import_from(example(), EXAMPLE, tmp_path, is_dry_run=True)

    assert counts(result)["accused"] == (5, 0)
    assert result.batch is None
    assert rows_of("facts.allegation") == rows_of("ledger.event") == rows_of("intake_batch") == 0
    assert rows_of("organisations_holder") == 0


def test_a_refused_batch_leaves_nothing(tmp_path, later):
    edit(
        later,
        "accused.csv",
        "C/3,1001,Neglect of duty,Withdrawn",
        "C/3,1001,Neglect of duty,Binned",
    )
    with pytest.raises(DataRejectedError, match="'Binned'"):
        import_from(example(), later, tmp_path)
    assert rows_of("facts.person_record") == rows_of("ledger.event") == rows_of("intake_batch") == 0
    assert [path.name for path in (tmp_path / "imports").iterdir()] == []


def test_too_many_rejected_rows_leave_nothing_but_the_list_of_them(tmp_path, later):
    edit(later, "complaints.csv", "05/01/2010", "soon")
    with pytest.raises(DataRejectedError, match=r"the limit is 1\.000%") as caught:
        import_from(example(), later, tmp_path)
    listed = next((tmp_path / "imports").glob("rejects-*.csv"))
    assert str(listed) in caught.value.next_step
    assert "soon" in listed.read_text()
    assert listed.stat().st_mode & 0o077 == 0
    assert rows_of("facts.person_record") == 0


def test_rejected_rows_are_listed_and_the_others_come_in(tmp_path, later):
    from onrecord.apps.intake.selectors import rejects

    edit(later, "officers.csv", "1002,Sample,Sam,1980", "1002,Sample,Sam,soon")
    result = import_from(
        example(("coverage: full", "coverage: full\nreject_limit: 60%")), later, tmp_path
    )
    listed = rejects(VIEWER, result.batch, tmp_path / "imports")
    assert ("officers", "3", "birth_year", "soon") in {
        (one.table, one.row, one.column, one.value) for one in listed
    }
    assert rows_of("facts.person_record") == 1


def test_an_undone_batch_is_not_seen_and_can_come_again(tmp_path):
    from onrecord.apps.intake.selectors import batch
    from onrecord.apps.intake.services import undo_batch

    first = import_from(example(), EXAMPLE, tmp_path)
    undone = undo_batch(VIEWER, actor=LOCAL_OPERATOR, batch=batch(VIEWER, first.batch))
    assert undone.undone_event is not None
    assert seen("allegation") == 0
    with pytest.raises(UsageError, match="before"):
        undo_batch(VIEWER, actor=LOCAL_OPERATOR, batch=undone)

    again = import_from(example(), EXAMPLE, tmp_path)
    assert again.wrote
    assert again.batch != first.batch
    assert seen("allegation") == 5


def test_undoing_the_first_batch_leaves_the_second_to_be_compared_with(tmp_path, later):
    from onrecord.apps.intake.selectors import batch
    from onrecord.apps.intake.services import undo_batch

    import_from(example(), EXAMPLE, tmp_path)
    edit(later, "officers.csv", "Sample", "Changed")
    second = import_from(example(), later, tmp_path, extract_date="2017-03-31")
    undo_batch(VIEWER, actor=LOCAL_OPERATOR, batch=batch(VIEWER, second.batch))
    result = import_from(example(), EXAMPLE, tmp_path)
    assert not result.wrote


def seen(kind):
    """Return how many facts of a kind the present view shows."""
    from django.db import connection

    from onrecord.apps.audit.selectors import current_position
    from onrecord.apps.facts.reading import parameters, preamble_sql, winners_sql
    from onrecord.core.kernel.kinds import KINDS
    from onrecord.core.timekeeping.views import View

    view = View(current_position())
    with connection.cursor() as cursor:
        sql = f"{preamble_sql(view)} select count(*) from ({winners_sql(KINDS[kind], view, 'lineage is not null')}) v"
        cursor.execute(sql, parameters(view))
        return cursor.fetchone()[0]
