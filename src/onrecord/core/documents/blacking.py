"""Pages with words and rectangles blacked out, as flat pictures. Runs in the confined child alone."""

import json
import re
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PIL import Image, ImageDraw, ImageFont

if TYPE_CHECKING:
    import pypdfium2

_WIDEST = 1600
_PAD = 3
_SHEET, _MARGIN, _LINE, _LETTERS, _MOST_LINES = 1200, 40, 28, 92, 600
_MASK = "[redacted]"

type Boxes = list[tuple[float, float, float, float]]


class _CannotPlaceError(Exception):
    """Words stand on a page and nobody can tell where."""


def black(plan: Path, folder: Path) -> dict[str, str]:
    """Write `1.png`, … for the pages of the plan; say how often each of its words was found."""
    told = json.loads(plan.read_text(encoding="utf-8"))
    words: list[str] = told["words"]
    found = [0] * len(words)
    for number, page in enumerate(told["pages"], start=1):
        try:
            image = _page(page, words, found)
        except _CannotPlaceError:
            return {"refused": "Words to be redacted stand where they cannot be placed."}
        _paint(image, page["boxes"])
        image.save(folder / f"{number}.png")
        (folder / f"{number}.txt").write_text("", encoding="utf-8")
    return {"found": json.dumps(found)}


def _page(page: dict[str, Any], words: Sequence[str], found: list[int]) -> Image.Image:
    if page.get("pdf"):
        return _pdf_page(Path(page["pdf"]), page["number"], words, found)
    if page.get("picture"):
        with Image.open(page["picture"], formats=("PNG",)) as image:
            return image.convert("RGB")
    return _sheet(page["words"], words, found)


def _pdf_page(path: Path, number: int, words: Sequence[str], found: list[int]) -> Image.Image:
    import pypdfium2  # noqa: PLC0415 - only a PDF loads it

    page = pypdfium2.PdfDocument(path)[number - 1]
    bitmap = page.render(scale=min(2.0, _WIDEST / max(*page.get_size(), 1.0)))
    place = bitmap.get_posconv(page)
    image: Image.Image = bitmap.to_pil().convert("RGB")
    drawn, text = ImageDraw.Draw(image), page.get_textpage()
    for which, word in enumerate(words):
        times = 0
        for left, bottom, right, top in _places(text, word):
            one, two = place.to_bitmap(left, top), place.to_bitmap(right, bottom)
            drawn.rectangle(
                (min(one[0], two[0]) - _PAD, min(one[1], two[1]) - _PAD,
                 max(one[0], two[0]) + _PAD, max(one[1], two[1]) + _PAD), fill="black",
            )  # fmt: skip
            times += 1
        if bool(_pattern(word).search(text.get_text_range())) and not times:
            raise _CannotPlaceError
        found[which] += times
    return image


def _places(text: "pypdfium2.PdfTextPage", word: str) -> Boxes:
    """Return the boxes of a word's letters wherever it stands, those on one line as one."""
    boxes: Boxes = []
    search = text.search(word)
    while (hit := search.get_next()) is not None:
        first, count = hit
        line: Boxes = []
        for index in range(first, first + count):
            box = text.get_charbox(index, loose=True)
            if line and line[-1][1] < box[3] and box[1] < line[-1][3]:
                last = line[-1]
                line[-1] = (min(last[0], box[0]), min(last[1], box[1]),
                            max(last[2], box[2]), max(last[3], box[3]))  # fmt: skip
            else:
                line.append(box)
        boxes += line
    return boxes


def _pattern(word: str) -> re.Pattern[str]:
    return re.compile(r"\s+".join(map(re.escape, word.split())), re.IGNORECASE)


def _sheet(text: str, words: Sequence[str], found: list[int]) -> Image.Image:
    """Return plain words as a picture, those to be redacted replaced before anything is drawn."""
    for which, word in enumerate(words):
        found[which] += len(_pattern(word).findall(text))
    for word in sorted(words, key=len, reverse=True):
        text = _pattern(word).sub(_MASK, text)
    lines = [
        line
        for written in text.expandtabs(4).splitlines()
        for line in textwrap.wrap(written, _LETTERS) or [""]
    ]
    if len(lines) > _MOST_LINES:
        raise _CannotPlaceError
    image = Image.new("RGB", (_SHEET, 2 * _MARGIN + _LINE * max(len(lines), 1)), "white")
    drawn, font = ImageDraw.Draw(image), ImageFont.load_default(20)
    for number, line in enumerate(lines):
        drawn.text((_MARGIN, _MARGIN + number * _LINE), line, fill="black", font=font)
    return image


def _paint(image: Image.Image, boxes: Sequence[Sequence[float]]) -> None:
    """Black out rectangles given in per cent of the page: left, top, right, bottom."""
    drawn = ImageDraw.Draw(image)
    for left, top, right, bottom in boxes:
        drawn.rectangle(
            (left * image.width / 100, top * image.height / 100,
             right * image.width / 100, bottom * image.height / 100), fill="black",
        )  # fmt: skip
