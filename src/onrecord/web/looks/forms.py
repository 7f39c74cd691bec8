"""What is asked of a responsible officer, and of somebody who asks who looked."""

from django import forms

OUTCOMES = [
    ("asked", "Ask the person how it was: they see the looks, what the rule says and what you ask"),
    ("explained", "Explained: there was a reason"),
    ("follow_up", "Followed up elsewhere"),
    ("mistaken", "The prompt was mistaken"),
]


class AnswerForm(forms.Form):
    """What was made of an alert."""

    outcome = forms.ChoiceField(
        choices=OUTCOMES, error_messages={"required": "Choose what you made of it"}
    )
    words = forms.CharField(
        max_length=10_000, widget=forms.Textarea, error_messages={"required": "Say why"}
    )


class SaidForm(forms.Form):
    """How it was."""

    words = forms.CharField(
        max_length=10_000, widget=forms.Textarea, error_messages={"required": "Say how it was"}
    )


class WhoForm(forms.Form):
    """Whom or what it is about."""

    reference = forms.CharField(
        max_length=20, error_messages={"required": "Enter a reference, such as P-4T7QX-2M9KB-H"}
    )
