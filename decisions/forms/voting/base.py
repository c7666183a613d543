"""What the ballot forms share."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Protocol

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _say
from django.utils.translation import gettext_lazy as _

from decisions.models import Poll
from decisions.selectors.taking_part import Answer

# No effect may use these codes for an answer of its own.
BLANK, NONE = "_blank", "_none"
Ballot = dict[str, Any]
IS_BLANK: Mapping[str, Any] = {"blank": True}


class Asked(Protocol):
    """What a ballot form reads of a vote: a voter's sheet, or that of a paper."""

    @property
    def poll(self) -> Poll: ...
    @property
    def answers(self) -> Sequence[Answer]: ...
    @property
    def own(self) -> Mapping[str, Any] | None: ...


class BallotForm(forms.Form):
    """One ballot. `template` draws its fields; `ballot` reads a valid form."""

    template: ClassVar[str]

    def __init__(self, *args: Any, sheet: Asked, **kwargs: Any) -> None:
        self.sheet = sheet
        kwargs.setdefault("initial", self.as_typed(sheet.own) if sheet.own else {})
        super().__init__(*args, **kwargs)
        self.ask()

    def as_typed(self, ballot: Mapping[str, Any]) -> dict[str, Any]:
        """What somebody would have typed to say this ballot, to change it without starting again."""
        return {}

    def ask(self) -> None:
        """Offer what this one vote offers."""

    @property
    def ballot(self) -> Ballot:
        raise NotImplementedError

    @property
    def carried(self) -> list[tuple[str, Any]]:
        """What a page must send again, as names and values, to say this ballot; nothing else typed."""
        return [
            (self.add_prefix(name), one)
            for name, value in self.as_typed(self.ballot).items()
            for one in (value if isinstance(value, list) else [value])
        ]


class WithBlank(BallotForm):
    """Forms of several fields: ticking « Voter blanc » forgets the others, so nothing contradicts it."""

    blank = forms.BooleanField(
        label=_("Voter blanc"),
        required=False,
        help_text=_("Tu votes, sans choisir. Ce que tu as mis au-dessus ne compte pas."),
    )

    def as_typed(self, ballot: Mapping[str, Any]) -> dict[str, Any]:
        return {"blank": True} if ballot.get("blank") else self.as_filled(ballot)

    def as_filled(self, ballot: Mapping[str, Any]) -> dict[str, Any]:
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("blank"):
            self.check_filled(cleaned)
        return cleaned

    def check_filled(self, cleaned: dict[str, Any]) -> None:
        """Say in a sentence what is missing or contradicts itself."""

    @property
    def ballot(self) -> Ballot:
        return dict(IS_BLANK) if self.cleaned_data["blank"] else self.filled

    @property
    def filled(self) -> Ballot:
        raise NotImplementedError


def tile(label: str, text: str = "", own_line: str = "") -> SafeString:
    own = format_html("<b>{}</b>", own_line) if own_line else ""
    return format_html(
        '<span class="ct-lead fw-bold">{}</span> <span>{}</span> <span>{}</span>', label, text, own
    )


def blank_answer() -> Answer:
    return Answer(BLANK, _say("Voter blanc"), _say("Tu votes, sans choisir."), "")
