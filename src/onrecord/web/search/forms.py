"""What may be searched for."""

from django import forms


class SearchForm(forms.Form):
    """A name, a number, a reference or words; and up to which day words were known."""

    text = forms.CharField(
        max_length=100,
        strip=True,
        error_messages={
            "required": "Enter a name, a number, a reference or words",
            "max_length": "Use 100 characters or fewer",
        },
    )
    on = forms.CharField(max_length=40, strip=True, required=False)
