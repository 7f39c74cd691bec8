"""What may be searched for."""

from django import forms


class SearchForm(forms.Form):
    """One box: a name, a number or a reference."""

    text = forms.CharField(
        max_length=100,
        strip=True,
        error_messages={
            "required": "Enter a name, a number or a reference",
            "max_length": "Use 100 characters or fewer",
        },
    )
