"""The person page: what stands on it, on which day, and to whose eyes."""

import pytest
from tests.pages.reading import facts_of, main_of, reference_of, table, words_of
from tests.worlds.screens import rowan

from onrecord.web.record.reach import HINDSIGHT

LATER = (
    "Suspended",
    "IOPC",
    "2021",
    "2023",
    "Domestic incident",
    "2019",
    "Adaire",
    "Eastholme Police told",
)


@pytest.fixture
def officer(store):
    return rowan()


@pytest.fixture
def address(officer):
    return f"/people/{reference_of(officer['own'])}"


def test_the_head_says_who_it_is_and_on_what_day(reviewer, address):
    words = words_of(reviewer.get(address))

    assert "Rowan Adair PC 4471, Northshire Police · serving since 20 December 2004" in words
    assert "As known today" in words


def test_nothing_known_after_the_day_is_anywhere_on_the_page(reviewer, address):
    words = facts_of(reviewer.get(address, {"on": "31 December 2012"}))

    assert "As known on 31 December 2012" in words
    assert [word for word in LATER if word in words] == []


def test_a_link_shows_the_day_it_was_judged_and_the_page_says_links_are_todays(reviewer, address):
    words = words_of(reviewer.get(address, {"on": "31 December 2012"}))

    assert "judged with what is known today, also when an earlier day is shown" in words
    assert "1 Feb 2023" in words


def test_a_link_to_a_record_not_yet_known_is_not_shown(reviewer, address):
    before = reviewer.get(address, {"on": "31 December 2012"})
    today = reviewer.get(address)

    assert len(table(before, "Judgements about these records")) == 3
    assert len(table(today, "Judgements about these records")) == 4


def test_counts_dispositions_and_order_are_those_of_the_day(reviewer, address):
    before = reviewer.get(address, {"on": "2012-10-25"})
    after = reviewer.get(address)

    rows = table(before, "Cases in which this person is the subject")
    assert "No ending on record" in rows[0][4]
    assert "Victim does not support prosecution" in " ".join(
        cell for row in table(after, "Cases in which this person is the subject") for cell in row
    )
    assert "5 allegations 5 cases 5 incidents" in words_of(before)
    assert "6 allegations 7 cases 7 incidents" in words_of(after)


def test_before_anything_was_known_the_page_has_a_reference_and_no_name(reviewer, address):
    words = words_of(reviewer.get(address, {"on": "1 January 1999"}))

    assert "Nothing about this person was on record in this view." in words
    assert "Adair" not in words
    assert address.removeprefix("/people/") in words


def test_one_holder_is_shown_only_what_its_system_held(reviewer, address):
    response = reviewer.get(address, {"to": "NSP:PSD"})

    assert "Only what Northshire Police, complaints system, held today." in words_of(response)
    rows = table(response, "Cases in which this person is the subject")
    assert {row[0].split()[0] for row in rows} == {"CO/0/06", "CO/1/06", "CO/2/06"}
    assert HINDSIGHT not in words_of(response)


def test_a_decision_says_what_it_saw_and_what_was_within_reach(reviewer, address):
    response = reviewer.get(address, {"on": "14 July 2020"})

    assert (
        "It saw 4 of the 7 entries then on record; 2 more were reachable by checks not run. 1 not assessed."
        in words_of(response)
    )
    assert HINDSIGHT in words_of(response)
    rows = table(response, "What was near to this decision: Vetting (RV): renew, 14 July 2020")
    assert sum("Reachable by a required check not run" in row[0] for row in rows) == 2


def test_links_carry_the_view_to_the_case(reviewer, address):
    html = main_of(reviewer.get(address, {"on": "14/7/2020", "to": "NSP:PSD"}))

    assert "?on=2020-07-14&amp;to=NSP%3APSD" in html


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("31 February 2020", "Enter a day, such as 14 July 2020"),
        ("yesterday", "Enter a day, such as 14 July 2020"),
        ("1 January 2999", "The day must be today or earlier"),
    ],
)
def test_a_day_that_cannot_be_read_shows_nobody(reviewer, address, typed, said):
    response = reviewer.get(address, {"on": typed})

    assert response.status_code == 422
    assert said in words_of(response)
    assert "Adair" not in response.content.decode()


def test_names_can_be_hidden_everywhere(reviewer, address, monkeypatch):
    monkeypatch.setenv("ONRECORD_HIDE_NAMES", "1")
    pages = [reviewer.get(address), reviewer.post("/search", {"text": "Adair"})]

    assert [page.status_code for page in pages] == [200, 200]
    for page in pages:
        assert "Rowan" not in page.content.decode().replace('value="Adair"', "")


def test_long_lists_turn_page_by_page(store, reviewer):
    officer = rowan(complaints=60)
    address = f"/people/{reference_of(officer['own'])}"
    first = table(reviewer.get(address), "Cases in which this person is the subject")
    third = table(
        reviewer.get(address, {"cases": "3"}), "Cases in which this person is the subject"
    )
    beyond = table(
        reviewer.get(address, {"cases": "99"}), "Cases in which this person is the subject"
    )

    assert (len(first), len(third)) == (25, 14)
    assert beyond == third
    assert not {row[0] for row in first} & {row[0] for row in third}


def test_queries_do_not_grow_with_the_record(store, reviewer, django_assert_max_num_queries):
    few, many = (reference_of(rowan(complaints=number)["own"]) for number in (1, 60))
    assert few == many  # the same officer, with more on record
    with django_assert_max_num_queries(30):  # walls, reach and sessions ask too
        reviewer.get(f"/people/{many}")


def test_a_look_is_recorded_with_its_reason(reviewer, address):
    from django.db import connection

    reviewer.get(address)
    with connection.cursor() as cursor:
        cursor.execute(
            "select actor, page, reason from ledger.consultation where action = 'person:read'"
        )
        assert cursor.fetchall() == [("a.reviewer", "person page", "review 2026/014, case 311")]


def test_nobody_is_shown_before_a_reason_is_given(store, client, officer, address):
    from tests.journeys.desk import PASSWORD, account

    account()
    client.post("/account/sign-in", {"username": "a.reviewer", "password": PASSWORD})
    response = client.get(address)

    assert response.status_code == 302
    assert response["Location"].startswith("/looking?next=%2Fpeople%2F")


def test_the_pages_words_never_call_anybody_cleared_or_accused(reviewer, address):
    words = words_of(reviewer.get(address)).lower()

    assert "accused" not in words
    assert "cleared" not in words
    assert "closed" not in words


def test_long_words_from_a_source_are_kept_whole_and_escaped(store, reviewer):
    from tests.worlds.building import World

    officer = rowan()
    world = World()
    case = world.case("NSP:PSD", "LONG", "2015-01-01", case_type="complaint")
    world.add("allegation", "NSP:PSD", "2015-01-01", case_lineage=case, record_lineage=officer["own"],
              category="<script>" + "Unverhältnismäßigkeit" * 12)  # fmt: skip
    world.settle()
    html = main_of(reviewer.get(f"/people/{reference_of(officer['own'])}"))

    assert "&lt;script&gt;Unverhältnismäßigkeit" in html
    assert "<script>Unverh" not in html
