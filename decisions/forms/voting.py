"""The ballot of one person, as a form."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from decisions.selectors.taking_part import Answer

# No effect may use this code for an answer of its own.
BLANK = "_blank"


class VoteForm(forms.Form):
    """The answers of one vote and the blank, exclusive, none chosen in advance."""

    choice = forms.ChoiceField(
        label=_("Ta réponse"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisis une réponse."),
            "invalid_choice": _("Cette réponse n’est pas proposée dans ce vote."),
        },
    )

    def __init__(self, *args: Any, answers: Sequence[Answer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        blank = Answer(BLANK, str(_("Voter blanc")), str(_("Tu votes, sans choisir.")), "")
        field = cast(forms.ChoiceField, self.fields["choice"])
        field.choices = [(one.code, _tile(one)) for one in (*answers, blank)]

    @property
    def ballot(self) -> dict[str, Any]:
        """The ballot as the ballots file writes it."""
        code: str = self.cleaned_data["choice"]
        return {"blank": True} if code == BLANK else {"choice": code}


def _tile(answer: Answer) -> SafeString:
    own = format_html("<b>{}</b>", answer.own_line) if answer.own_line else ""
    return format_html(
        '<span class="ct-lead fw-bold">{}</span> <span>{}</span> <span>{}</span>',
        answer.label,
        answer.help_text,
        own,
    )
