"""Read a page as its words, its headings and its tables."""

import re
from html import unescape


def main_of(response):
    """Return the HTML of the page's own part."""
    return re.search(r"<main.*?</main>", response.content.decode(), re.DOTALL).group()


def words_of(response):
    """Return the words of the page's own part, marks of the picture included."""
    return words(main_of(response))


def facts_of(response):
    """Return the words that come from facts about the person.

    Left out are what is the same on everybody's page, whatever the day: the axis of
    the picture, the list of holders; and the judgements, which are today's.
    """
    html = re.sub(r"<select.*?</select>", "", main_of(response), flags=re.DOTALL)
    html = re.sub(r'<text class="onr-timeline__year".*?</text>', "", html, flags=re.DOTALL)
    judgements = html.index("Judgements about these records")
    return words(html[:judgements])


def words(html):
    """Return the words of a piece of HTML."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def table(response, caption):
    """Return the rows of the table with this caption, each a list of cells."""
    for found in re.findall(r"<table.*?</table>", response.content.decode(), re.DOTALL):
        if caption in words(re.search(r"<caption.*?</caption>", found, re.DOTALL).group()):
            body = found.split("<tbody", 1)[1]
            rows = re.findall(r"<tr.*?</tr>", body, re.DOTALL)
            return [
                [words(cell) for cell in re.findall(r"<t[dh].*?</t[dh]>", row, re.DOTALL)]
                for row in rows
            ]
    raise AssertionError(f"no table called {caption!r}")


def reference_of(record):
    """Return the public reference of the person who has this record."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "select reference from projection.person where record_lineage = %s", [record]
        )
        return cursor.fetchone()[0]
