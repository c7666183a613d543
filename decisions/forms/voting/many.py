"""Ballots that speak of every option: grades, approvals, places, uses of a reserve."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _say
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.money import euros, from_cents
from decisions.forms.voting.base import NONE, Ballot, WithBlank, tile
from decisions.selectors.taking_part import Answer
from decisions.selectors.wording import grades, place


class PerOption(WithBlank):
    """One field per option, named by its rank: codes belong to effects and may hold anything."""

    def ask(self) -> None:
        for name, answer in self.by_name().items():
            self.fields[name] = self.field_for(answer)
        # The blank is read last, after what it would forget.
        self.order_fields([*self.by_name(), "blank"])

    def by_name(self) -> dict[str, Answer]:
        return {f"option_{rank}": one for rank, one in enumerate(self.sheet.answers, start=1)}

    def field_for(self, answer: Answer) -> forms.Field:
        raise NotImplementedError

    def option_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.by_name()]

    def given(self) -> dict[str, int]:
        """What was given to each option, by code; options left out are left out."""
        return {
            one.code: int(self.cleaned_data[name])
            for name, one in self.by_name().items()
            if self.cleaned_data.get(name)
        }


class JudgmentForm(PerOption):
    template = "decisions/ballots/judgment.html"

    def field_for(self, answer: Answer) -> forms.Field:
        return forms.ChoiceField(
            label=answer.label,
            help_text=" ".join(filter(None, (answer.help_text, answer.own_line))),
            required=False,
            widget=forms.RadioSelect,
            choices=list(enumerate(grades(self.sheet.poll.rule["grades"]))),
            error_messages={"invalid_choice": _("Cette mention n’existe pas.")},
        )

    def as_filled(self, ballot: Mapping[str, Any]) -> dict[str, Any]:
        given = ballot["grades"]
        return {name: str(given.get(one.code, 0)) for name, one in self.by_name().items()}

    def check_filled(self, cleaned: dict[str, Any]) -> None:
        """A forgotten option would count as rejected: better asked than guessed."""
        for name, answer in self.by_name().items():
            if name in cleaned and not cleaned[name]:
                self.add_error(
                    name, _say("Donne une mention à « %(label)s ».") % {"label": answer.label}
                )

    @property
    def filled(self) -> Ballot:
        return {"grades": self.given()}


class RankedForm(PerOption):
    template = "decisions/ballots/ranked.html"

    def field_for(self, answer: Answer) -> forms.Field:
        places = range(1, len(self.sheet.answers) + 1)
        return forms.ChoiceField(
            label=answer.label,
            help_text=" ".join(filter(None, (answer.help_text, answer.own_line))),
            required=False,
            widget=forms.Select(attrs={"class": "form-select"}),
            choices=[("", _say("sans place")), *((number, place(number)) for number in places)],
            error_messages={"invalid_choice": _("Cette place n’existe pas.")},
        )

    def as_filled(self, ballot: Mapping[str, Any]) -> dict[str, Any]:
        rank = {code: str(n) for n, tied in enumerate(ballot["ranking"], 1) for code in tied}
        return {name: rank.get(one.code, "") for name, one in self.by_name().items()}

    def check_filled(self, cleaned: dict[str, Any]) -> None:
        if not self.errors and not self.given():
            raise forms.ValidationError(
                _say("Donne une place à une réponse au moins, ou coche « Voter blanc ».")
            )

    @property
    def filled(self) -> Ballot:
        """Places may be skipped or shared: only their order counts."""
        given = self.given()
        return {
            "ranking": [
                [code for code in given if given[code] == rank]
                for rank in sorted(set(given.values()))
            ]
        }


class ApprovalForm(WithBlank):
    template = "decisions/ballots/approval.html"
    approve = forms.MultipleChoiceField(
        label=_("Ce qui te convient"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tu peux cocher plusieurs réponses."),
        error_messages={"invalid_choice": _("Cette réponse n’est pas proposée dans ce vote.")},
    )
    field_order: Sequence[str] = ("approve", "blank")

    def ask(self) -> None:
        field = cast(forms.MultipleChoiceField, self.fields["approve"])
        field.choices = [
            *((one.code, self.tile_of(one)) for one in self.sheet.answers),
            (NONE, tile(_say("Aucune"), self.none_text())),
        ]

    def tile_of(self, answer: Answer) -> str:
        return tile(answer.label, answer.help_text, answer.own_line)

    def none_text(self) -> str:
        return _say("Aucune de ces réponses ne te convient.")

    def as_filled(self, ballot: Mapping[str, Any]) -> dict[str, Any]:
        return {"approve": ballot["approve"] or [NONE]}

    def check_filled(self, cleaned: dict[str, Any]) -> None:
        ticked = cleaned.get("approve")
        if ticked == []:
            self.add_error(
                "approve",
                _say("Coche une réponse au moins, ou « Aucune », ou « Voter blanc »."),
            )
        elif ticked and NONE in ticked and len(ticked) > 1:
            self.add_error(
                "approve",
                _say("Tu as coché « Aucune » et aussi une réponse. Garde l’un ou l’autre."),
            )

    @property
    def filled(self) -> Ballot:
        return {"approve": [code for code in self.cleaned_data["approve"] if code != NONE]}


class EqualSharesForm(ApprovalForm):
    """The uses of a reserve, each with its cost. Ticking for more than the reserve is allowed."""

    template = "decisions/ballots/equal_shares.html"

    def ask(self) -> None:
        super().ask()
        self.fields["approve"].label = _say("Ce que tu veux payer")
        self.fields["approve"].help_text = _say(
            "Il y a %(budget)s à dépenser. Coche tout ce que tu trouves utile, même si le total "
            "dépasse."
        ) % {"budget": euros(from_cents(self.sheet.poll.rule["budget"]))}

    def tile_of(self, answer: Answer) -> str:
        cost = euros(from_cents(answer.cents))
        # The uses of a reserve already say their cost as their help.
        more = "" if answer.help_text == cost else answer.help_text
        return tile(answer.label, f"{cost}. {more}" if more else cost, answer.own_line)

    def none_text(self) -> str:
        return _say("Tu préfères garder l’argent.")
