"""Help tied to the page: every page has some, and it says who may."""

from tests.pages.reading import table, words_of

from onrecord.core.permissions.table import permissions
from onrecord.web.addresses import verbs_by_address
from onrecord.web.help.texts import texts


def test_every_page_has_a_text_of_help_and_every_text_has_a_page():
    parts = {route.partition(":")[0] for route, _ in verbs_by_address() if ":" in route}
    assert parts - set(texts()) == set(), "write these into web/help/texts.csv"
    assert set(texts()) - parts - {route for route, _ in verbs_by_address()} == set()
    assert all(text.what.strip() and text.stuck.strip() for text in texts().values())


def test_each_page_leads_to_its_own_help(reviewer):
    page = reviewer.get("/work/").content.decode()
    assert 'href="/help/pages/work:list"' in page
    words = words_of(reviewer.get("/help/pages/work:list"))
    assert "When you are stuck" in words
    assert "Review lead (all)" in words
    assert reviewer.get("/help/pages/work:nothing").status_code == 404
    assert reviewer.get("/help/pages/health-live").status_code == 404


def test_who_may_do_what_is_the_table_itself(reviewer, administrator):
    rows = table(reviewer.get("/help/who-may"), "Who may do what")
    assert len(rows) == len(permissions())
    few = table(administrator.get("/help/who-may", {"role": "analyst"}), "Who may do what")
    assert 0 < len(few) < len(rows)
    odd = table(reviewer.get("/help/who-may", {"role": "king"}), "Who may do what")
    assert len(odd) == len(rows)


def test_the_list_of_help(reviewer):
    assert "The file desk" in words_of(reviewer.get("/help/"))


def test_the_table_by_command(store, capsys):
    from tests.worlds.commands import answered

    code, told = answered(capsys, "permissions", "--role", "analyst")
    assert code == 0
    assert 0 < len(told["permissions"]) < len(permissions())
