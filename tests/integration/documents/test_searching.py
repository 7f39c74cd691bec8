"""Pages are found by their words, for those who may read them, and cited by number."""

import pytest
from django.db import connection
from tests.integration.documents.files import kept, pdf
from tests.integration.work.desk import CASE, bar, somebody

from onrecord.apps.documents.models import CopyPage, ViewingCopy
from onrecord.apps.documents.searching import CLOSES, OPENS, pages_matching
from onrecord.core.documents.shelf import DocumentShelf


@pytest.fixture
def shelf(tmp_path):
    return DocumentShelf.at(tmp_path / "documents")


@pytest.fixture
def lead(store):
    return somebody("a.lead", "appropriate_authority")


@pytest.fixture
def statement(lead, shelf):
    return kept(lead, shelf, pdf("Seen at the gate at eight", "Nobody was arrested"), name="a.pdf")


def test_a_page_is_found_by_stem_and_by_exact_word_and_cited(lead, statement):
    (hit,) = pages_matching(lead, "arrests")
    assert hit.citation == f"document {statement.reference}, page 2"
    assert f"{OPENS}arrested{CLOSES}" in hit.excerpt
    (hit,) = pages_matching(lead, '"the gate"')
    assert (hit.copy, hit.page) == (1, 1)
    assert pages_matching(lead, "gate arrested") == []
    assert pages_matching(lead, "gate -eight") == []
    for odd in ("", "  ", "'", '"', "%s", "\\", "a & | ! (", "🦆"):
        assert pages_matching(lead, odd) == []


def test_a_search_can_be_of_one_document_and_has_a_limit(lead, shelf, statement):
    other = kept(lead, shelf, b"Another gate.\n")
    assert len(pages_matching(lead, "gate")) == 2
    assert len(pages_matching(lead, "gate", 1)) == 1
    (hit,) = pages_matching(lead, "gate", within=other.reference.lower())
    assert hit.reference == other.reference


def test_what_somebody_may_not_see_is_not_found(lead, statement):
    assert pages_matching(somebody("out.circle"), "gate") == []
    assert pages_matching(somebody("an.admin", "administrator"), "gate") == []
    bar("a.lead", CASE)
    assert pages_matching(lead, "gate") == []


def test_the_search_is_recorded_without_its_words(lead, statement):
    pages_matching(lead, "gate")
    with connection.cursor() as cursor:
        cursor.execute("select object_ref from ledger.consultation where object_kind = 'search'")
        assert cursor.fetchall() == [("1 pages found",)]


def test_the_search_uses_the_index(lead, statement):
    from tests.stores import acting

    copy = ViewingCopy.objects.get()
    with acting():
        CopyPage.objects.bulk_create(
            CopyPage(copy=copy, number=n, words=f"page {n} of words") for n in range(10, 3000)
        )
    with connection.cursor() as cursor:
        # That the index can serve the search at all: a test's few pages need none.
        for other in ("seqscan", "indexscan", "nestloop"):
            cursor.execute(f"set enable_{other} = off")
    with connection.execute_wrapper(explained := Explained()):
        assert len(pages_matching(lead, "gate")) == 1
    assert "documents_copypage_words" in explained.plan


class Explained:
    """Keeps the plan of the search that is run within it."""

    plan = ""

    def __call__(self, execute, sql, params, many, context):
        if "ts_headline" in sql:
            with context["connection"].connection.cursor() as cursor:
                cursor.execute("explain " + sql, params)
                self.plan = "\n".join(row[0] for row in cursor.fetchall())
        return execute(sql, params, many, context)
