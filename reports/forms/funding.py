"""What the coordination types of a line of funding. Judgement is the services' own."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.models import Cohort
from ct_platform.kit.form_fields import DayField, EuroField
from ct_platform.kit.once import OnceForm
from reports.enums.funding import CostKind, FundingAim, ReceiptKind
from reports.models import CostLine, FundingDue, FundingLine, FundingReceipt, Operation

_CHOOSE = {"required": _("Choisissez."), "invalid_choice": _("Choisissez dans la liste.")}


def _line(model: Any, name: str, label: Any, **kwargs: Any) -> forms.CharField:
    kwargs.setdefault("required", False)
    return forms.CharField(label=label, max_length=model._meta.get_field(name).max_length, **kwargs)


class LaidOut(OnceForm):
    """A form drawn inside a card of ours: no tag of its own. `rows`: fields side by side."""

    rows: Sequence[Sequence[str]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        beside = {name for row in self.rows for name in row}
        laid: list[Any] = []
        for name in self.fields:
            first = next((row for row in self.rows if row[0] == name), None)
            if first is not None:
                laid.append(Row(*(Column(one, css_class="col-sm-6") for one in first)))
            elif name not in beside:
                laid.append(name)
        self.helper.layout = Layout(*laid)

    @property
    def values(self) -> dict[str, Any]:
        """What the service takes."""
        return {name: one for name, one in self.cleaned_data.items() if name != "submission_key"}


class AskForm(LaidOut):
    rows = (("asked_on", "asked_amount"),)
    organisation = forms.TypedChoiceField(
        label=_("À qui"),
        coerce=int,
        error_messages=_CHOOSE,
        help_text=_("L’organisation manque ? Demandez au réseau de l’ajouter."),
    )
    name = _line(
        FundingLine, "name", _("Pour quoi"), required=True,
        help_text=_("Par exemple : accompagnement de deux cohortes en 2027."),
        error_messages={"required": _("Dites pour quoi.")},
    )  # fmt: skip
    measure = _line(
        FundingLine, "measure", _("Programme ou mesure"),
        help_text=_("Par exemple : contrat de ville 2024-2030, appel à projets 2027."),
    )  # fmt: skip
    asked_on = DayField(label=_("Demandé le"))
    asked_amount = EuroField(label=_("Montant demandé, en euros"))
    aim = forms.ChoiceField(
        label=_("Cet argent est pour"), choices=FundingAim.choices, widget=forms.RadioSelect
    )
    cohorts = forms.TypedMultipleChoiceField(
        label=_("Cohortes"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Le montant se partage entre elles à parts égales, au centime. Vous pourrez ensuite "
            "écrire d’autres parts."
        ),
    )
    operation = forms.TypedChoiceField(
        label=_("Opération"), coerce=int, required=False, empty_value=None
    )
    is_eu = forms.BooleanField(
        label=_("C’est de l’argent de l’Union européenne"),
        required=False,
        help_text=_("L’emblème est alors dû sur chaque papier des cohortes payées."),
    )

    def __init__(
        self,
        *args: Any,
        organisations: Sequence[tuple[int, str]],
        cohorts: Sequence[Cohort],
        operations: Sequence[Operation],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._operations = {one.pk: one for one in operations}
        known: Any = self.fields
        known["organisation"].choices = [("", _("Choisir")), *organisations]
        known["cohorts"].choices = [(one.pk, one.name) for one in cohorts]
        known["operation"].choices = [
            ("", _("Aucune")),
            *((one.pk, f"{one.number}, {one.name}") for one in operations),
        ]

    def clean_operation(self) -> Operation | None:
        return self._operations.get(self.cleaned_data["operation"])


class SharesForm(LaidOut):
    """One amount for each cohort; an empty one gets nothing."""

    def __init__(
        self, *args: Any, cohorts: Sequence[Cohort], given: dict[int, Decimal], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._keys = [one.pk for one in cohorts]
        for one in cohorts:
            self.fields[f"part-{one.pk}"] = EuroField(
                label=one.name, required=False, initial=given.get(one.pk)
            )
        self.helper.layout = Layout(*self.fields)

    @property
    def values(self) -> dict[str, Any]:
        typed = {key: self.cleaned_data.get(f"part-{key}") for key in self._keys}
        return {"shares": {key: amount for key, amount in typed.items() if amount}}


class WordsForm(LaidOut):
    rows = (("keep_years", "keep_source"),)
    name = AskForm.base_fields["name"]
    measure = AskForm.base_fields["measure"]
    conditions = forms.CharField(
        label=_("Conditions"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Ce que le financeur demande en échange."),
    )
    is_eu = AskForm.base_fields["is_eu"]
    keep_years = forms.IntegerField(label=_("Garder les preuves, en années"), min_value=1)
    keep_source = _line(FundingLine, "keep_source", _("D’après"))
    seen_version = forms.IntegerField(widget=forms.HiddenInput)


class GrantForm(LaidOut):
    rows = (("decided_on", "granted_amount"),)
    decided_on = DayField(label=_("Décidé le"))
    granted_amount = EuroField(label=_("Montant accordé, en euros"))


class RefusalForm(LaidOut):
    decided_on = DayField(label=_("Refusé le"))


class AgreementForm(LaidOut):
    rows = (("commitment_number", "agreed_on"), ("eligible_from", "eligible_to"))
    commitment_number = _line(
        FundingLine, "commitment_number", _("Numéro d’engagement"), required=True,
        help_text=_("Le numéro que le financeur a donné à la convention."),
        error_messages={"required": _("Il manque le numéro d’engagement.")},
    )  # fmt: skip
    agreed_on = DayField(label=_("Signée le"))
    eligible_from = DayField(label=_("Dépenses acceptées du"), required=False)
    eligible_to = DayField(label=_("au"), required=False)
    conditions = WordsForm.base_fields["conditions"]


class ReceiptForm(LaidOut):
    rows = (("kind", "amount"), ("received_on", "reference"))
    kind = forms.ChoiceField(
        label=_("Nature"),
        choices=[one for one in ReceiptKind.choices if one[0] != ReceiptKind.COUNTER],
        error_messages=_CHOOSE,
    )
    amount = EuroField(label=_("Montant reçu, en euros"))
    received_on = DayField(label=_("Reçu le"))
    reference = _line(FundingReceipt, "reference", _("Référence du virement"))


class ReasonForm(LaidOut):
    reason = forms.CharField(
        label=_("Pourquoi"),
        max_length=200,
        error_messages={"required": _("Dites pourquoi.")},
    )


class DueForm(LaidOut):
    rows = (("title", "due_on"),)
    title = _line(
        FundingDue, "title", _("Quoi"), required=True,
        help_text=_("Par exemple : bilan intermédiaire."),
        error_messages={"required": _("Dites ce qui est à remettre.")},
    )  # fmt: skip
    due_on = DayField(label=_("Pour le"))


class HandForm(LaidOut):
    rows = (("handed_on", "proof"),)
    handed_on = DayField(label=_("Remis le"))
    proof = _line(
        FundingDue, "proof", _("Ce qui le prouve"), required=True,
        help_text=_("Accusé de réception, numéro de dépôt, courriel du…"),
        error_messages={"required": _("Dites ce qui le prouve.")},
    )  # fmt: skip


class CloseForm(LaidOut):
    closed_on = DayField(label=_("Soldé le"))


class OperationForm(LaidOut):
    rows = (("starts_on", "ends_on"),)
    host = forms.TypedChoiceField(label=_("Coopérative hôte"), coerce=int, error_messages=_CHOOSE)
    number = _line(
        Operation, "number", _("Numéro d’opération"), required=True,
        help_text=_("Celui que disent ses cohortes, dans leurs dossiers."),
        error_messages={"required": _("Il manque le numéro.")},
    )  # fmt: skip
    name = _line(
        Operation, "name", _("Intitulé"), required=True,
        error_messages={"required": _("Donnez son intitulé.")},
    )  # fmt: skip
    measure = _line(
        Operation, "measure", _("Programme, priorité, objectif"),
        help_text=_("Par exemple : FSE+ 2021-2027, priorité 1, objectif spécifique H."),
    )  # fmt: skip
    authority = forms.TypedChoiceField(
        label=_("Autorité de gestion"), coerce=int, required=False, empty_value=None
    )
    starts_on = DayField(label=_("Du"))
    ends_on = DayField(label=_("au"))

    def __init__(
        self,
        *args: Any,
        hosts: Sequence[tuple[int, str]],
        organisations: Sequence[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        known: Any = self.fields
        known["host"].choices = hosts if len(hosts) == 1 else [("", _("Choisir")), *hosts]
        known["authority"].choices = [("", _("Pas encore connue")), *organisations]


class OperationEditForm(OperationForm):
    """The number and the host join the cohorts to it: they never change."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["host"], self.fields["number"]
        self.helper.layout = Layout(
            "name", "measure", "authority",
            Row(Column("starts_on", css_class="col-sm-6"), Column("ends_on", css_class="col-sm-6")),
            "submission_key",
        )  # fmt: skip


class CostForm(LaidOut):
    rows = (("kind", "label"), ("amount", "spent_on"))
    kind = forms.ChoiceField(label=_("Nature"), choices=CostKind.choices, error_messages=_CHOOSE)
    label = _line(
        CostLine, "label", _("Quoi"), required=True,
        help_text=_("Jamais le nom d’une personne."),
        error_messages={"required": _("Dites ce que c’est.")},
    )  # fmt: skip
    amount = EuroField(label=_("Montant, en euros"))
    spent_on = DayField(label=_("Date"))
    proof = _line(
        CostLine, "proof", _("Pièce"), help_text=_("Numéro de la facture ou de la pièce comptable.")
    )  # fmt: skip
