"""Forms of money that leaves: they clean text; the services decide."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from cohorts.models import Enrolment
from ct_platform.kit.once import OnceForm
from decisions.models import Outcome
from payroll.enums import AdjustmentKind, PaymentState
from payroll.forms.fields import AmountInput, date_field
from payroll.models import Payment, RefundPayment
from payroll.selectors.payments import OrderRow, PaymentsPage, PersonToPay, choices_of
from payroll.selectors.refunds import RefundsPage
from payroll.services.orders import Choice


class IbanInput(forms.CharField):
    """As typed; a refused one comes back to be corrected, a stored one is never shown again."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=60,
            required=False,  # what is missing is said by the service, as everything else
            widget=forms.TextInput(
                attrs={
                    "autocomplete": "off",
                    "autocapitalize": "characters",
                    "spellcheck": "false",
                    "class": "font-monospace",
                }
            ),
            **kwargs,
        )


class BankForm(forms.Form):
    """`own`: said to the person ("tu"), else to the staff. Twice the same account is one: no key."""

    iban = IbanInput(label=_("IBAN"))
    holder = forms.CharField(label=_("Nom du titulaire du compte"), max_length=70, required=False)

    def __init__(self, *args: Any, own: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["iban"].help_text = (
            _("Recopie-le de ton RIB : FR et 25 chiffres. Les espaces ne comptent pas.")
            if own
            else _(
                "Recopiez-le du RIB : en France, FR et 25 chiffres. Les espaces ne comptent pas."
            )
        )
        self.fields["holder"].help_text = (
            _("Le nom écrit sur le RIB. C’est peut-être le tien, peut-être celui d’un proche.")
            if own
            else _("Le nom écrit sur le RIB.")
        )


class HostBankForm(BankForm):
    bic = forms.CharField(
        label=_("BIC (facultatif)"),
        max_length=15,
        required=False,
        help_text=_("En zone SEPA, l’IBAN suffit. Certaines banques le demandent encore."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class AdjustmentForm(OnceForm):
    """An advance given, or a deduction with its decision; people and decisions of one cohort."""

    kind = forms.ChoiceField(label=_("Quoi"), choices=AdjustmentKind.choices)
    enrolment = forms.ModelChoiceField(
        label=_("Qui"),
        queryset=Enrolment.objects.none(),
        error_messages={"required": _("Choisissez une personne.")},
    )
    amount = AmountInput(
        label=_("Montant, en euros"), error_messages={"required": _("Donnez un montant.")}
    )
    given_on = date_field(_("Le"), _("Le jour où l’argent a été remis, ou celui de la décision."))
    reason = forms.CharField(
        label=_("Pour quoi"),
        max_length=140,
        help_text=_("Quelques mots. Ils sont imprimés sur le bulletin."),
        error_messages={"required": _("Dites en quelques mots pour quoi.")},
    )
    decision = forms.ModelChoiceField(
        label=_("Décision du groupe"),
        queryset=Outcome.objects.none(),
        required=False,
        help_text=_("Pour une retenue seulement."),
    )

    def __init__(
        self,
        *args: Any,
        enrolments: QuerySet[Enrolment],
        decisions: QuerySet[Outcome],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        who, decision = self.fields["enrolment"], self.fields["decision"]
        assert isinstance(who, forms.ModelChoiceField)  # noqa: S101  declared above
        assert isinstance(decision, forms.ModelChoiceField)  # noqa: S101
        who.queryset, decision.queryset = enrolments, decisions
        who.label_from_instance = lambda row: row.person.full_name  # type: ignore[method-assign]
        decision.label_from_instance = decision_label  # type: ignore[method-assign]


def decision_label(outcome: Outcome) -> str:
    return f"n° {outcome.number} : {outcome.poll.proposal.title}"


def tick(*, initial: bool = False) -> forms.BooleanField:
    """A box in a table, drawn by hand."""
    box = forms.CheckboxInput(attrs={"class": "form-check-input"})
    return forms.BooleanField(required=False, initial=initial, widget=box)


class PrepareForm(OnceForm):
    """Who is paid now, and how: three fields a person, named by their enrolment."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    execute_on = date_field(
        _("L’argent part le"), _("Le jour donné à la banque, ou écrit sur le chèque.")
    )

    def __init__(self, *args: Any, page: PaymentsPage | RefundsPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page = page
        self.fields["seen"].initial = page.reading
        for row in page.to_prepare:
            key = row.enrolment.pk
            self.fields[f"pay_{key}"] = tick(initial=True)
            self.fields[f"kind_{key}"] = forms.ChoiceField(
                choices=choices_of(row), widget=forms.Select(attrs={"class": "form-select"})
            )
            if row.is_shared:
                self.fields[f"shared_{key}"] = tick()

    def rows(self) -> Iterator[tuple[PersonToPay, BoundField, BoundField, BoundField | None]]:
        for row in self.page.to_prepare:
            key = row.enrolment.pk
            shared = self[f"shared_{key}"] if row.is_shared else None
            yield row, self[f"pay_{key}"], self[f"kind_{key}"], shared

    def choices(self) -> list[Choice]:
        found = self.cleaned_data
        return [
            Choice(key, found[f"kind_{key}"], bool(found.get(f"shared_{key}")))
            for row in self.page.to_prepare
            if found[f"pay_{(key := row.enrolment.pk)}"]
        ]


class OrderForm(forms.Form):
    """What became of an order: the ticked payments left on a day, each with its cheque number."""

    paid_on = date_field(_("Parti le"))

    def __init__(self, *args: Any, row: OrderRow, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row = row
        for payment in row.payments:
            if payment.state == PaymentState.PLANNED:
                self.fields[f"on_{payment.pk}"] = tick(initial=True)
                self.fields[f"cheque_{payment.pk}"] = forms.CharField(
                    required=False,
                    max_length=20,
                    widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
                )

    def rows(
        self,
    ) -> Iterator[tuple[Payment | RefundPayment, BoundField | None, BoundField | None]]:
        for payment in self.row.payments:
            if payment.state == PaymentState.PLANNED:
                yield payment, self[f"on_{payment.pk}"], self[f"cheque_{payment.pk}"]
            else:
                yield payment, None, None

    def ticked(self) -> dict[int, str]:
        """Payment keys and cheque numbers; also of those that left meanwhile, for a double click."""
        return {
            payment.pk: self.data.get(f"cheque_{payment.pk}", "")
            for payment in self.row.payments
            if self.data.get(f"on_{payment.pk}")
        }


class RejectForm(forms.Form):
    rejected_on = date_field(_("Revenu le"))
    reason = forms.CharField(
        label=_("Raison"),
        max_length=140,
        help_text=_("Comme la banque l’écrit : « compte clos », ou « chèque perdu »."),
        error_messages={"required": _("Dites pourquoi, comme la banque l’écrit.")},
    )
