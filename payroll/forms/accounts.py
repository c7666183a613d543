"""The host's account numbers, one field a role of the plan."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.once import OnceForm
from payroll.forms.fields import date_field
from payroll.rules.accounts import PLAN, plan_of

# First digit → the heading its accounts stand under.
_CLASSES = {
    "6": _("Ce que cela coûte (classe 6)"),
    "4": _("À qui c’est dû, qui le doit (classe 4)"),
    "7": _("Ce qui est vendu (classe 7)"),
    "5": _("Où l’argent arrive et d’où il part (classe 5)"),
}


class AccountsForm(OnceForm):
    in_force_from = date_field(
        _("À partir du"), _("Les paies de ce mois et des suivants prennent ces numéros.")
    )

    def __init__(self, *args: Any, own: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for role, account in plan_of(own).items():
            self.fields[role] = forms.CharField(
                label=account.label,
                max_length=12,
                initial=account.number,
                # Capitals are typed for the person: a subdivision may carry letters.
                widget=forms.TextInput(attrs={"autocapitalize": "characters"}),
                error_messages={"required": _("Donnez un numéro de compte.")},
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for role in PLAN:
            if role in cleaned:
                cleaned[role] = cleaned[role].replace(" ", "").upper()
        return cleaned

    def numbers(self) -> dict[str, str]:
        return {role: self.cleaned_data[role] for role in PLAN}

    def groups(self) -> Iterator[tuple[Any, list[forms.BoundField]]]:
        for digit, title in _CLASSES.items():
            yield title, [self[role] for role, one in PLAN.items() if one.number[0] == digit]
