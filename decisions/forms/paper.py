"""Papers of a secret vote, typed by a teller: how many of each kind, or paper by paper."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from decisions.enums import Method
from decisions.forms.assemblies import HandsForm, TickForm
from decisions.forms.voting import FORMS, BallotForm
from decisions.selectors.paper import PaperSheet
from decisions.services.room import answers_of

BY_KIND = (Method.MAJORITY, Method.CHOICE)
Ballot = dict[str, Any]


class PaperTickForm(TickForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ticked"].label = _("Votent sur papier")


class SpokenForm(forms.Form):
    """What the first teller says aloud to the second; not asked of the first."""

    spoken = forms.CharField(
        label=_("Les quatre mots de l’autre personne"),
        required=False,
        max_length=80,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )


class Stack:
    """All the papers of one teller. `forms`: one by kind, or one a paper; `papers` once valid."""

    def __init__(self, sheet: PaperSheet, number: int, typed: QueryDict | None) -> None:
        self.by_kind = sheet.poll.method in BY_KIND
        self.forms: list[Any]
        if self.by_kind:
            self.forms = [HandsForm(typed, answers=answers_of(sheet.poll))]
        else:
            self.forms = [_one(sheet, rank, typed) for rank in range(1, number + 1)]

    def is_valid(self) -> bool:
        return all(one.is_valid() for one in self.forms)

    @property
    def papers(self) -> list[Ballot]:
        if not self.by_kind:
            return [one.ballot for one in self.forms]
        return [
            {"blank": True} if answer == "blank" else {"choice": answer}
            for answer, number in self.forms[0].figures.items()
            for _paper in range(number)
        ]


def _one(sheet: PaperSheet, rank: int, typed: QueryDict | None) -> BallotForm:
    form = FORMS[sheet.poll.method](typed, sheet=sheet, prefix=f"p{rank}")
    for field in form.fields.values():
        # Short: a teller types many papers on one page.
        field.help_text = ""
        if isinstance(field, forms.ChoiceField) and type(field.widget) is forms.RadioSelect:
            field.widget = forms.Select(choices=[("", "–"), *field.choices])
    return form
