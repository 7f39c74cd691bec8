"""Cutting a long list into pages, and the links between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode


@dataclass(frozen=True, slots=True)
class Pagination:
    """Which stretch of a list is shown, and where the neighbouring ones are.

    Attributes:
        first: number of the first item shown, counting from one.
        last: number of the last item shown.
        total: how many there are.
        previous_href: address of the page before, empty on the first.
        next_href: address of the page after, empty on the last.
        label: what the list holds, for people who cannot see where the links stand.
    """

    first: int
    last: int
    total: int
    previous_href: str
    next_href: str
    label: str

    @property
    def is_needed(self) -> bool:
        """Tell whether there is anywhere else to go."""
        return bool(self.previous_href or self.next_href)


def page_of[T](
    items: Sequence[T], *, number: int, size: int, name: str, label: str, query: dict[str, str]
) -> tuple[Sequence[T], Pagination]:
    """Return the items on page `number` and the way to the others.

    `name` is the query parameter that carries this list's page, so that several
    lists on one screen turn independently; `query` is everything else the
    address must keep.
    """
    pages = max(1, -(-len(items) // size))
    here = min(max(1, number), pages)
    start = (here - 1) * size
    shown = items[start : start + size]

    def href(page: int) -> str:
        return f"?{urlencode({**query, name: str(page)})}#{name}" if 1 <= page <= pages else ""

    return shown, Pagination(
        first=start + 1 if shown else 0,
        last=start + len(shown),
        total=len(items),
        previous_href=href(here - 1),
        next_href=href(here + 1),
        label=label,
    )
