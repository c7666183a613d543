"""Forms of a run, step by step."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.once import OnceForm
from payroll.forms.fields import AmountInput, MonthForm, date_field
from payroll.models import PayRun
from payroll.selectors.envelope import decision_label, decisions_of


class DraftForm(forms.Form):
    """What a draft says, apart from its month."""

    reserve = AmountInput(
        label=_("Réserve votée"),
        help_text=_("En euros. 0 si le groupe n’a rien mis de côté."),
        initial="0,00",
        error_messages={"required": _("Donnez un montant, ou 0.")},
    )
    paid_on = date_field(_("L’argent part le"), _("Ce jour est imprimé sur les bulletins."))


class EditDraftForm(DraftForm):
    """Also what the reserve rests on, and whom the host exempts."""

    reserve_decision = forms.TypedChoiceField(
        label=_("Décision qui vote la réserve"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Sans décision, la réserve reste possible, mais rien ne la prouve."),
    )
    waived_people = forms.IntegerField(
        label=_("Personnes dispensées de la part fixe"),
        min_value=0,
        max_value=1000,
        initial=0,
        help_text=_("Quand l’hôte prend une part fixe par personne. 0 si personne n’est dispensé."),
        error_messages={"invalid": _("Écrivez un nombre entier.")},
    )

    def __init__(self, *args: Any, cohort_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.decisions = {outcome.pk: outcome for outcome in decisions_of(cohort_id)}
        field = self.fields["reserve_decision"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101  declared above
        field.choices = [
            ("", _("Aucune décision")),
            *((pk, decision_label(outcome)) for pk, outcome in self.decisions.items()),
        ]

    def clean_reserve_decision(self) -> Any:
        return self.decisions.get(self.cleaned_data["reserve_decision"])


class OpenRunForm(MonthForm, OnceForm, DraftForm):
    """Which month, then what the draft says."""

    field_order = ("month", "reserve", "paid_on", "submission_key")


class SeenForm(forms.Form):
    """Carries which figures the page showed: another reading since is refused by the service."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, run: PayRun, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = run.reading


class ReviewForm(SeenForm):
    paid_on = date_field(_("L’argent part le"), _("Ce jour est imprimé sur les bulletins."))
    read = forms.BooleanField(
        label=_("J’ai relu les heures, le pot commun et la part de chaque personne."),
        error_messages={"required": _("Cochez la case quand vous avez relu.")},
    )


class ApproveForm(SeenForm):
    read = forms.BooleanField(
        label=_("J’ai lu cette paie et j’approuve l’émission des bulletins en notre nom."),
        error_messages={"required": _("Cochez la case pour donner votre accord.")},
    )

    def __init__(self, *args: Any, run: PayRun, **kwargs: Any) -> None:
        super().__init__(*args, run=run, **kwargs)
        if not run.makes_slips:
            self.fields["read"].label = _(
                "J’ai lu cette paie : notre logiciel en fera les bulletins, en notre nom."
            )


class ReopenForm(forms.Form):
    reason = forms.CharField(
        label=_("Pourquoi ?"),
        max_length=300,
        help_text=_("Une phrase. Elle reste dans l’historique de la paie."),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Dites en une phrase pourquoi la paie est rouverte.")},
    )
