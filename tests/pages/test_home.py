"""The first page leads nobody to where they may not go."""


def test_whoever_may_not_search_is_not_sent_to_search(administrator):
    answer = administrator.get("/").content.decode()
    assert "What changed" in answer
    assert 'href="/search"' not in answer


def test_whoever_may_is(reviewer):
    assert 'href="/search"' in reviewer.get("/").content.decode()
