"""Long lists, page by page."""

from hypothesis import given
from hypothesis import strategies as st

from onrecord.web.components.pagination.component import page_of


@given(st.integers(0, 200), st.integers(1, 30))
def test_the_pages_together_are_the_list(count, size):
    items, seen, number = list(range(count)), [], 1
    while True:
        shown, turning = page_of(items, number=number, size=size, name="n", label="items", query={})
        seen += shown
        if not turning.next_href:
            break
        number += 1

    assert seen == items


def test_turning_keeps_the_view_and_leads_back_to_the_list():
    _, turning = page_of(
        range(60), number=2, size=25, name="cases", label="cases", query={"on": "2020-07-14"}
    )

    assert turning.next_href == "?on=2020-07-14&cases=3#cases"
    assert turning.previous_href == "?on=2020-07-14&cases=1#cases"
    assert (turning.first, turning.last, turning.total) == (26, 50, 60)
