"""Find the columns that a description names among a file's headings."""

from collections.abc import Collection, Sequence
from difflib import get_close_matches

from onrecord.core.sources.rows import refused


def places_of(needed: Collection[str], headings: Sequence[str], *, file: str) -> list[int]:
    """Return where each needed column stands, in the order of `needed`.

    Raises:
        DataRejectedError: one is missing (perhaps renamed), or there are two of it.
    """
    names = [str(heading).strip() for heading in headings]
    for column in needed:
        if column not in names:
            raise refused(file, f"there is no column '{column}'.", _advice(column, names))
        if names.count(column) > 1:
            raise refused(
                file, f"there are {names.count(column)} columns called '{column}'.",
                "Rename all but one in the file, or give `headings` and `skip_lines: 1` in the description.",
            )  # fmt: skip
    return [names.index(column) for column in needed]


def _advice(column: str, names: Sequence[str]) -> str:
    folded = {name.casefold().replace("_", " "): name for name in names if name}
    near = get_close_matches(column.casefold().replace("_", " "), folded, n=1, cutoff=0.5)
    if near:
        return f"Was it renamed to '{folded[near[0]]}'? Then write that in the description."
    shown = ", ".join(name for name in names[:12] if name)
    return f"The file has: {shown}. Put the right name in the description."
