"""What is asked of somebody who takes a list out."""

from django import forms

from onrecord.apps.exporting.lists import LISTS


class TakeForm(forms.Form):
    """Which list, of what, in which form, and what for."""

    what = forms.ChoiceField(
        choices=[(name, title) for name, (title, _, _) in LISTS.items()],
        error_messages={"required": "Choose a list"},
    )
    of = forms.CharField(required=False, max_length=20)
    file_format = forms.ChoiceField(
        choices=[("csv", "CSV"), ("xlsx", "Excel (XLSX)")], initial="csv",
        error_messages={"required": "Choose a form"},
    )  # fmt: skip
    reason = forms.CharField(
        max_length=10_000, widget=forms.Textarea, error_messages={"required": "Say what it is for"}
    )

    def clean_of(self) -> str:
        """Return the reference as it is written everywhere."""
        of: str = self.cleaned_data["of"]
        return of.strip().upper()
