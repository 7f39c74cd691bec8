"""Numbers with their units, so that nobody has to guess what was counted."""


def grouped(number: int) -> str:
    """Return `1,633`."""
    return f"{number:,}"


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return `1 case`, `4 cases`, `no cases`."""
    if number == 1:
        return f"1 {one}"
    name = many or f"{one}s"
    return f"{grouped(number)} {name}" if number else f"no {name}"
