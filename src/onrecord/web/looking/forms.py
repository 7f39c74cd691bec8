"""What is asked before anybody's record is shown."""

from django import forms

THIS, TASK = "this", "task"
HOLDS = (
    (THIS, "Only for this one, and what I open from it"),
    (TASK, "For everything I open in the next two hours: it is all one task"),
)


class ReasonForm(forms.Form):
    """The reason, in the looker's own words."""

    reason = forms.CharField(
        max_length=200,
        strip=True,
        error_messages={
            "required": "Enter why you are looking",
            "max_length": "Use 200 characters or fewer",
        },
    )
    holds = forms.ChoiceField(choices=HOLDS, required=False)
