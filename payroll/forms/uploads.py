"""Forms of slips made elsewhere: the file, then one small form a slip."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from cohorts.models import Enrolment
from ct_platform.kit.money import euros
from payroll.enums import MatchKind
from payroll.forms.fields import AmountInput, MonthForm
from payroll.models import UploadedSlip
from payroll.selectors.uploads import Check, SlipRow
from payroll.services.uploads import SlipAnswer


class UploadForm(MonthForm):
    """The month, and one file. No key of its own: the same file twice is the same upload."""

    month = forms.ChoiceField(label=_("Mois des bulletins"))
    file = forms.FileField(
        label=_("Fichier de votre logiciel de paie"),
        help_text=_("Un PDF, ou un ZIP de PDF. 25 Mo et 300 pages au plus, sans mot de passe."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.zip,application/pdf,application/zip"}),
        allow_empty_file=True,
        error_messages={"required": _("Choisissez un fichier.")},
    )


class SlipForm(forms.Form):
    """Whose slip it is and what it says."""

    person = forms.ChoiceField(label=_("À qui est ce bulletin ?"), required=False)
    net_paid = AmountInput(label=_("Net payé, en euros"), required=False)
    total_cost = AmountInput(label=_("Total versé par l’employeur, en euros"), required=False)
    left_out = forms.BooleanField(label=_("Mettre ce bulletin de côté"), required=False)

    def __init__(self, row: SlipRow, people: Sequence[Enrolment], data: Any = None) -> None:
        slip = row.slip
        super().__init__(data, prefix=f"bulletin{slip.pk}", initial=_initial(slip))
        self.row = row
        field = self.fields["person"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared above
        field.choices = _choices(slip, people)

    def answer(self) -> SlipAnswer:
        data = self.cleaned_data
        return SlipAnswer(
            enrolment_id=int(data["person"]) if data["person"] else None,
            net_paid=data["net_paid"],
            total_cost=data["total_cost"],
            left_out=data["left_out"],
        )


def _initial(slip: UploadedSlip) -> dict[str, Any]:
    # A likely person is offered, never chosen in anybody's place.
    known = slip.match in (MatchKind.SURE, MatchKind.HAND)
    return {
        "person": slip.enrolment_id if known else "",
        "net_paid": _typed(slip.net_paid),
        "total_cost": _typed(slip.total_cost),
        "left_out": slip.left_out,
    }


def _typed(amount: Decimal | None) -> str:
    return "" if amount is None else euros(amount, sign=False)


def _choices(slip: UploadedSlip, people: Sequence[Enrolment]) -> list[Any]:
    everybody: list[Any] = [(person.pk, person.person.full_name) for person in people]
    nobody: list[Any] = [("", _t("Choisissez une personne"))]
    if slip.match != MatchKind.LIKELY or slip.enrolment is None:
        return nobody + everybody
    likely = (slip.enrolment_id, slip.enrolment.person.full_name)
    others = [choice for choice in everybody if choice[0] != slip.enrolment_id]
    return [*nobody, (_t("Peut-être"), [likely]), (_t("Les autres personnes"), others)]


class CheckForms:
    """One form a slip, answered together."""

    def __init__(self, found: Check, data: Any = None) -> None:
        self.forms = [SlipForm(row, found.people, data) for row in found.rows]

    def is_valid(self) -> bool:
        # Every form is asked, so that every mistake is shown at once.
        return not [form for form in self.forms if not form.is_valid()]

    @property
    def answers(self) -> Mapping[int, SlipAnswer]:
        return {form.row.slip.pk: form.answer() for form in self.forms}


class DistributeForm(forms.Form):
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    read = forms.BooleanField(
        label=_("J’ai ouvert chaque bulletin : la personne et le net sont les bons."),
        error_messages={"required": _("Cochez la case quand vous avez tout vérifié.")},
    )
