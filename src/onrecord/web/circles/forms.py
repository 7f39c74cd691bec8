"""What is asked of somebody who changes who works on a case or about a person."""

from typing import Any

from django import forms

from onrecord.apps.access.circles import PARTS
from onrecord.apps.access.selectors import colleagues
from onrecord.core.kernel.viewers import Viewer


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        max_length=2000, widget=forms.Textarea, error_messages={"required": "Say why"}
    )


class LetInForm(ReasonForm):
    """Who, and in what part."""

    who = forms.ChoiceField(error_messages={"required": "Choose a colleague"})
    part = forms.ChoiceField(
        choices=[("", "Choose"), *((part, part.replace("_", " ").capitalize()) for part in PARTS)],
        error_messages={"required": "Choose their part"},
    )

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        """Offer the viewer's colleagues."""
        super().__init__(*args, **kwargs)
        people = [(u.username, f"{u.display_name} ({u.username})") for u in colleagues(viewer)]
        self.fields["who"] = forms.ChoiceField(
            choices=[("", "Choose"), *people], error_messages={"required": "Choose a colleague"}
        )
