"""Ballots of one answer: a choice, for or against, consent."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _say
from django.utils.translation import gettext_lazy as _

from decisions.forms.voting.base import BLANK, IS_BLANK, Ballot, BallotForm, blank_answer, tile
from decisions.rules.consent import STATES
from decisions.rules.reading import MAX_TEXT
from decisions.selectors.taking_part import Answer
from decisions.selectors.wording import consent_words, majority_words


class ChoiceForm(BallotForm):
    """The answers of one vote and the blank, exclusive, none chosen in advance."""

    template = "decisions/ballots/choice.html"
    choice = forms.ChoiceField(
        label=_("Ta réponse"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisis une réponse."),
            "invalid_choice": _("Cette réponse n’est pas proposée dans ce vote."),
        },
    )

    def answers(self) -> Sequence[Answer]:
        return self.sheet.answers

    def as_typed(self, ballot: Mapping[str, Any]) -> dict[str, Any]:
        return {"choice": ballot.get("choice", BLANK)}

    def ask(self) -> None:
        field = cast(forms.ChoiceField, self.fields["choice"])
        field.choices = [
            (one.code, tile(one.label, one.help_text, one.own_line))
            for one in (*self.answers(), blank_answer())
        ]

    @property
    def ballot(self) -> Ballot:
        code: str = self.cleaned_data["choice"]
        return dict(IS_BLANK) if code == BLANK else {"choice": code}


class MajorityForm(ChoiceForm):
    def answers(self) -> Sequence[Answer]:
        texts = {
            "for": _say("Tu veux que ce texte soit adopté."),
            "against": _say("Tu ne veux pas qu’il soit adopté."),
            "abstain": _say("Tu laisses les autres décider."),
        }
        return [Answer(code, words, texts[code], "") for code, words in majority_words().items()]


class ConsentForm(ChoiceForm):
    """Four voices and the blank, and the words of a concern or of an objection."""

    template = "decisions/ballots/consent.html"
    text = forms.CharField(
        label=_("Ta réserve ou ton objection, en quelques mots"),
        required=False,
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 3, "class": "form-control"}),
        help_text=_(
            "Dis ce qui ferait du tort au groupe ou à quelqu’un, et ce qui pourrait l’éviter. "
            "Tout le monde te lira, avec ton nom."
        ),
    )

    def answers(self) -> Sequence[Answer]:
        texts = {
            "consent": _say("Tu peux vivre avec ce texte."),
            "concern": _say("Tu dis ton souci. Il est écrit, il ne bloque pas."),
            "objection": _say(
                "Tu dis pourquoi ce texte ferait du tort. Il n’est pas adopté ainsi."
            ),
            "abstain": _say("Tu laisses les autres décider."),
        }
        return [Answer(code, words, texts[code], "") for code, words in consent_words().items()]

    def as_typed(self, ballot: Mapping[str, Any]) -> dict[str, Any]:
        return {"choice": ballot.get("voice", BLANK), "text": ballot.get("text", "")}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        voice, text = cleaned.get("choice"), cleaned.get("text")
        if voice == "objection" and not text and "text" in cleaned:
            self.add_error("text", _say("Une objection dit pourquoi. Écris-le en une phrase."))
        if voice not in (None, "objection", "concern") and text:
            self.add_error(
                "text",
                _say("Tu as écrit un souci. Choisis « réserve » ou « objection », ou efface-le."),
            )
        return cleaned

    @property
    def ballot(self) -> Ballot:
        voice, text = self.cleaned_data["choice"], self.cleaned_data["text"]
        if voice == BLANK:
            return dict(IS_BLANK)
        said = {"voice": voice} | ({"text": text} if text else {})
        return said | ({"state": "open"} if voice == "objection" else {})


class ObjectionForm(forms.Form):
    """What becomes of one's own objection: nobody else may say it."""

    state = forms.ChoiceField(choices=[(state, state) for state in STATES])
