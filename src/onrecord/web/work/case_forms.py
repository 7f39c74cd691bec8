"""What is asked of somebody who writes in a case's notes, policy file or register."""

from typing import Any

from django import forms

from onrecord.apps.settings.listing import offered
from onrecord.apps.settings.vocabularies import LETTER_KINDS, NOTE_KINDS
from onrecord.apps.work.policies import LONGEST_TITLE
from onrecord.core.kernel.viewers import Viewer
from onrecord.web.work.forms import LONGEST, DayField, PastDayField, WordsForm, plain, words


class NoteForm(WordsForm):
    """A note about a case, and what sort of note it is."""

    kind = forms.ChoiceField(required=False)
    field_order = ("kind", "reason")

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        """Offer the kinds of note there are, the first of them chosen."""
        super().__init__(viewer, *args, **kwargs)
        kinds = offered(NOTE_KINDS)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices, field.initial = kinds, kinds[0][0]

    def clean_kind(self) -> str | None:
        """Return the kind of note; nothing where none was chosen."""
        return self.cleaned_data["kind"] or None


class EntryForm(forms.Form):
    """A decision for the policy file."""

    decision = words("Say what was decided")
    options_rejected = words("Say what else could have been done; if nothing, say why")
    reasons = words("Say why")
    advice_taken = forms.CharField(required=False, max_length=LONGEST, widget=forms.Textarea)
    corrects = forms.ChoiceField(required=False)

    def __init__(self, numbers: list[int], *args: Any, **kwargs: Any) -> None:
        """Offer the entries there are, for one of them to be corrected."""
        super().__init__(*args, **kwargs)
        field = self.fields["corrects"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [
            ("", "None: it is a new decision"),
            *((str(n), f"Entry {n}") for n in numbers),
        ]


class LetterForm(forms.Form):
    """A letter for the register."""

    kind = forms.ChoiceField(
        choices=[("out", "We sent it"), ("in", "It came")],
        error_messages={"required": "Choose whether it was sent or came"},
    )
    form = forms.ChoiceField(required=False)
    correspondent = forms.CharField(
        max_length=LONGEST_TITLE, error_messages={"required": "Say to or from which office"}
    )
    subject = forms.CharField(
        max_length=LONGEST_TITLE, error_messages={"required": "Say what it is about, without names"}
    )
    words = words("Say what it says or asks")
    dated_on = PastDayField(error_messages={"required": "Enter the day of the letter"})
    reply_due_on = DayField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the kinds of letter there are, the first of them chosen."""
        super().__init__(*args, **kwargs)
        kinds = offered(LETTER_KINDS)
        field = self.fields["form"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices, field.initial = kinds, kinds[0][0]

    def clean_form(self) -> str | None:
        """Return the kind of letter; nothing where none was chosen."""
        return self.cleaned_data["form"] or None

    def clean_correspondent(self) -> str:
        """Refuse an office that is somebody's name."""
        return plain(self.cleaned_data["correspondent"])

    def clean_subject(self) -> str:
        """Refuse a subject that gives somebody away."""
        return plain(self.cleaned_data["subject"])


class AnswerLetterForm(WordsForm):
    """What answers a letter."""

    kind = forms.ChoiceField(error_messages={"required": "Choose what answers it"})
    dated_on = PastDayField(error_messages={"required": "Enter the day"})
    field_order = ("kind", "dated_on", "reason")

    def __init__(self, viewer: Viewer, asked: str, *args: Any, **kwargs: Any) -> None:
        """Offer what can answer a letter that was sent, or one that came."""
        super().__init__(viewer, *args, **kwargs)
        reply = ("in", "The reply came") if asked == "out" else ("out", "We replied")
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [reply, ("ended", "No reply is waited for any more")]
