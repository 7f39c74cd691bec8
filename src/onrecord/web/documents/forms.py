"""What is asked of somebody who uploads a file."""

import re

from django import forms

from onrecord.apps.work.policies import LONGEST_TITLE, require_plain_title
from onrecord.core.documents.redacting import Box
from onrecord.core.kernel.errors import DataRejectedError

_LONGEST_REFERENCE = 20
TOO_LARGE = "onrecord.too-large"
"""Stands in a request whose file was let go by because of its size."""
_PER_CENT = r"(\d{1,3}(?:\.\d{1,2})?)"
_BOX = re.compile(
    rf"(\d{{1,3}})\s*:\s*{_PER_CENT}\s+{_PER_CENT}\s+{_PER_CENT}\s+{_PER_CENT}", re.ASCII
)


class SearchForm(forms.Form):
    """Words that stand on a page."""

    words = forms.CharField(max_length=200, error_messages={"required": "Enter a word"})
    within = forms.CharField(required=False, max_length=_LONGEST_REFERENCE)


class RedactForm(forms.Form):
    """What is to be blacked out, and why: words and rectangles, one a line."""

    words = forms.CharField(required=False, max_length=2000, widget=forms.Textarea)
    boxes = forms.CharField(required=False, max_length=5000, widget=forms.Textarea)
    reason = forms.CharField(
        max_length=1000, widget=forms.Textarea, error_messages={"required": "Say why"}
    )

    def clean_words(self) -> list[str]:
        """Return the words, one a line, each once."""
        lines = (" ".join(line.split()) for line in self.cleaned_data["words"].splitlines())
        return list(dict.fromkeys(filter(None, lines)))

    def clean_boxes(self) -> list[Box]:
        """Return the rectangles, one a line."""
        lines = (line.strip() for line in self.cleaned_data["boxes"].splitlines())
        return [_box(line) for line in lines if line]


def _box(line: str) -> Box:
    found = _BOX.fullmatch(line)
    if found is None:
        raise forms.ValidationError("Enter each rectangle on its own line, such as 3: 10 20 60 25")
    return Box(int(found[1]), *(float(number) for number in found.groups()[1:]))


class UploadForm(forms.Form):
    """A file, what it is, and what it is about."""

    about = forms.CharField(
        max_length=_LONGEST_REFERENCE,
        error_messages={"required": "Enter the reference of a case or a person"},
    )
    title = forms.CharField(
        max_length=LONGEST_TITLE, error_messages={"required": "Say what it is, naming nobody"}
    )
    file = forms.FileField(
        max_length=None, allow_empty_file=True, error_messages={"required": "Choose a file"}
    )

    def clean_title(self) -> str:
        """Refuse a title that gives somebody away."""
        title: str = self.cleaned_data["title"]
        try:
            require_plain_title(title)
        except DataRejectedError as problem:
            raise forms.ValidationError(f"{problem.message} {problem.next_step}") from None
        return title
