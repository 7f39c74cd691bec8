"""What may be searched for, and kept to be searched for again."""

from django import forms

from onrecord.core.searching.places import PLACES


class SearchForm(forms.Form):
    """A name, a number, a reference or words; where to look; and up to which day words were known."""

    text = forms.CharField(
        max_length=100,
        strip=True,
        error_messages={
            "required": "Enter a name, a number, a reference or words",
            "max_length": "Use 100 characters or fewer",
        },
    )
    on = forms.CharField(max_length=40, strip=True, required=False)
    places = forms.MultipleChoiceField(choices=tuple(PLACES.items()), required=False)


class SaveForm(SearchForm):
    """The same, with the name under which it is kept."""

    name = forms.CharField(
        max_length=60,
        strip=True,
        error_messages={
            "required": "Enter a name for the search",
            "max_length": "Use 60 characters or fewer for the name",
        },
    )
    for_team = forms.BooleanField(required=False)
