"""What is asked of somebody who uploads a file."""

from django import forms

from onrecord.apps.work.policies import LONGEST_TITLE, require_plain_title
from onrecord.core.kernel.errors import DataRejectedError

_LONGEST_REFERENCE = 20


class SearchForm(forms.Form):
    """Words that stand on a page."""

    words = forms.CharField(max_length=200, error_messages={"required": "Enter a word"})
    within = forms.CharField(required=False, max_length=_LONGEST_REFERENCE)


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
