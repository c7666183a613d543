"""Forms of the host's own pages: settings, profiles, personal terms. The services decide."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.errors import Refused
from ct_platform.kit.money import euros
from ct_platform.kit.once import OnceForm
from ct_platform.kit.scans import MOST_BYTES, suffix_of
from payroll.enums import ContributionBase, FixedPer, PayRhythm, SlipMode
from payroll.forms.fields import AmountInput, RateInput, date_field
from payroll.models import ContributionProfile, HostSettings, PersonalTerms
from payroll.selectors.host import ProfileLine, by_side
from payroll.services.host_settings import Terms

_NUMBER = {"invalid": _("Écrivez un nombre entier.")}


class SettingsForm(OnceForm):
    """A new dated version of the host's settings."""

    in_force_from = date_field(
        _("En vigueur à partir du"), _("Les versions d’avant restent telles quelles.")
    )
    contribution_base = forms.ChoiceField(
        label=_("La contribution se calcule sur"), choices=ContributionBase.choices
    )
    contribution_rate = RateInput(label=_("Taux de contribution, en %"))
    contribution_fixed = AmountInput(label=_("Part fixe, en euros"), initial="0,00")
    contribution_fixed_per = forms.ChoiceField(
        label=_("La part fixe se compte"), choices=FixedPer.choices, initial=FixedPer.RUN
    )
    contribution_waived_months = forms.IntegerField(
        label=_("Premiers mois sans contribution"),
        min_value=0,
        initial=0,
        help_text=_("0 si vous prenez une contribution dès le premier mois d’une cohorte."),
        error_messages=_NUMBER,
    )
    atmp_rate = RateInput(
        label=_("Taux accidents du travail (AT/MP), en %"),
        help_text=_("Celui que la caisse vous a notifié."),
    )
    mobility_rate = RateInput(label=_("Versement mobilité, en %"), initial=Decimal(0))
    headcount = forms.IntegerField(
        label=_("Effectif légal"),
        min_value=0,
        max_value=100_000,
        help_text=_("Lissé sur cinq ans, comme pour l’URSSAF."),
        error_messages=_NUMBER,
    )
    idle_month_cost = AmountInput(
        label=_("Cotisation d’un mois de CAPE sans paie, en euros par personne"),
        initial="0,00",
        help_text=_(
            "La cotisation AT/MP forfaitaire reste due (décret 2008-121). Demandez le montant de "
            "l’année à l’URSSAF. 0,00 tant que vous ne l’avez pas : rien n’est alors retenu du pot."
        ),
    )
    health_cover = AmountInput(
        label=_("Complémentaire santé, en euros par mois"),
        initial="0,00",
        help_text=_("Contrats de travail seulement. 0,00 s’il n’y en a pas."),
    )
    health_cover_employer_share = RateInput(
        label=_("Votre part de la complémentaire, en %"),
        initial=Decimal(0),
        help_text=_("La moitié au moins."),
    )
    hourly_rate = AmountInput(
        label=_("Taux horaire des contrats de travail, en euros"),
        required=False,
        help_text=_(
            "Les heures payées suivent alors la part. Jamais sous le SMIC. Vide : les heures "
            "confirmées sont payées."
        ),
    )
    pay_rhythm = forms.ChoiceField(
        label=_("Les personnes sont payées"), choices=PayRhythm.choices, initial=PayRhythm.MONTHLY
    )
    slip_mode = forms.ChoiceField(
        label=_("Qui fait les bulletins ?"), choices=SlipMode.choices, initial=SlipMode.PLATFORM
    )
    slip_title = forms.CharField(
        label=_("Titre du bulletin"), max_length=60, initial="Bulletin de paie"
    )
    slip_series = forms.RegexField(
        r"^[A-Z]{1,5}$",
        label=_("Série des numéros"),
        initial="R",
        help_text=_("Une à cinq lettres capitales : 2026-R-00041."),
        error_messages={"invalid": _("Une à cinq lettres capitales, sans accent.")},
    )
    collective_agreement = forms.CharField(
        label=_("Convention collective"),
        max_length=120,
        required=False,
        help_text=_("Imprimée sur les bulletins des contrats de travail. Vide : Code du travail."),
    )

    SECTIONS = (
        (
            _("La contribution"),
            ("contribution_base", "contribution_rate", "contribution_fixed",
             "contribution_fixed_per", "contribution_waived_months"),
        ),
        (
            _("Les cotisations"),
            ("atmp_rate", "mobility_rate", "headcount", "idle_month_cost", "health_cover",
             "health_cover_employer_share", "hourly_rate"),
        ),
        (
            _("Les bulletins"),
            ("pay_rhythm", "slip_mode", "slip_title", "slip_series", "collective_agreement"),
        ),
    )  # fmt: skip

    @property
    def sections(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        return ((str(title), [self[name] for name in names]) for title, names in self.SECTIONS)

    def terms(self) -> Terms:
        values = {key: value for key, value in self.cleaned_data.items() if key != "submission_key"}
        return Terms(**values)


def typed(version: HostSettings) -> dict[str, Any]:
    """A new version starts from what is in force: mostly one figure changes."""
    rates = ("contribution_rate", "atmp_rate", "mobility_rate", "health_cover_employer_share")
    amounts = ("contribution_fixed", "idle_month_cost", "health_cover", "hourly_rate")
    plain = (
        "contribution_base", "contribution_fixed_per", "contribution_waived_months", "headcount",
        "pay_rhythm", "slip_mode", "slip_title", "slip_series", "collective_agreement",
    )  # fmt: skip
    return (
        {name: getattr(version, name).normalize() for name in rates}
        | {
            name: ""
            if getattr(version, name) is None
            else euros(getattr(version, name), sign=False)
            for name in amounts
        }
        | {name: getattr(version, name) for name in plain}
    )


class ProfileForm(OnceForm):
    """A new version of a profile: which lines are owed, the reduction, the text it rests on."""

    in_force_from = date_field(
        _("En vigueur à partir du"), _("La version d’avant reste telle quelle.")
    )
    due = forms.MultipleChoiceField(
        label=_("Lignes dues"), widget=forms.CheckboxSelectMultiple, required=False
    )
    rgdu = forms.ChoiceField(
        label=_("Réduction générale des cotisations"),
        widget=forms.RadioSelect,
        required=False,
        choices=[("", ""), ("on", _("Accordée")), ("off", _("Non accordée"))],
    )
    tdelta_override = forms.DecimalField(
        label=_("Coefficient Tdelta de la réduction"),
        required=False,
        min_value=Decimal(0),
        max_value=Decimal(1),
        decimal_places=5,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text=_(
            "Vide : celui de la loi. Il baisse quand des lignes de retraite ne sont pas dues."
        ),
        error_messages={
            "invalid": _("Écrivez un coefficient, par exemple 0,3212."),
            "max_value": _("Ce coefficient va de 0 à 1."),
            "min_value": _("Ce coefficient va de 0 à 1."),
        },
    )
    legal_reference = forms.CharField(
        label=_("Texte sur lequel repose ce profil"),
        max_length=200,
        help_text=_("Article, circulaire, rescrit : « C. trav. L5142-1, R5142-3 à R5142-5 »."),
        error_messages={"required": _("Dites sur quel texte repose ce profil.")},
    )

    def __init__(
        self, *args: Any, before: ContributionProfile, lines: list[ProfileLine],
        engine_grants: bool, **kwargs: Any,
    ) -> None:  # fmt: skip
        kwargs["initial"] = {
            "due": [line.code for line in lines if line.is_due],
            "rgdu": {None: "", True: "on", False: "off"}[before.rgdu],
            "tdelta_override": before.tdelta_override and before.tdelta_override.normalize(),
            "legal_reference": before.legal_reference,
        }
        super().__init__(*args, **kwargs)
        self.lines = lines
        due, rgdu = self.fields["due"], self.fields["rgdu"]
        assert isinstance(due, forms.MultipleChoiceField)  # noqa: S101  declared above
        assert isinstance(rgdu, forms.ChoiceField)  # noqa: S101  declared above
        due.choices = [(line.code, line.label) for line in lines]
        kept = gettext("Comme pour ce type de contrat : accordée") if engine_grants else gettext(
            "Comme pour ce type de contrat : non accordée"
        )  # fmt: skip
        rgdu.choices = [("", kept), ("on", _("Accordée")), ("off", _("Non accordée"))]

    @property
    def sides(self) -> list[tuple[str, list[tuple[ProfileLine, Any]]]]:
        """Each line with its box: those withheld from the person, then those the host pays."""
        boxes = {
            line.code: box for line, box in zip(self.lines, self["due"].subwidgets, strict=True)
        }
        return [
            (title, [(line, boxes[line.code]) for line in lines])
            for title, lines in by_side(self.lines)
        ]

    @property
    def asked(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        return {
            "in_force_from": cleaned["in_force_from"],
            "shown": [line.code for line in self.lines],
            "due": cleaned["due"],
            "rgdu": {"": None, "on": True, "off": False}[cleaned["rgdu"]],
            "tdelta_override": cleaned["tdelta_override"],
            "legal_reference": cleaned["legal_reference"],
        }


class ConfirmProfileForm(forms.Form):
    evidence = forms.CharField(
        label=_("Référence de la réponse écrite"),
        max_length=200,
        help_text=_("De qui, de quel jour : « URSSAF, message du 12 octobre 2026 »."),
        error_messages={"required": _("Sans réponse écrite, le profil reste une estimation.")},
    )
    answer = forms.FileField(
        label=_("La réponse elle-même"),
        help_text=_(
            "PDF, PNG ou JPEG, 5 Mo au plus. Seules les personnes de votre coopérative l’ouvrent."
        ),
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}),
        error_messages={
            "required": _("Joignez la réponse écrite."),
            "empty": _("Ce fichier est vide."),
        },
    )
    sure = forms.BooleanField(
        label=_("Je confirme ce profil en mon nom."),
        error_messages={"required": _("Cochez la case pour confirmer.")},
    )

    def clean_answer(self) -> bytes:
        """Read no more than what is accepted; what a file is, its first bytes say."""
        content: bytes = self.cleaned_data["answer"].read(MOST_BYTES + 1)
        try:
            suffix_of(content, field="answer")
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return content


class TermsForm(OnceForm):
    """What the host knows of one person's pay."""

    in_force_from = date_field(
        _("À partir du"),
        _("Ce qui valait avant reste écrit, et les paies passées gardent le leur."),
    )
    pas_rate = RateInput(
        label=_("Taux de prélèvement à la source, en %"),
        required=False,
        help_text=_(
            "Celui que l’administration fiscale vous a transmis. Vide : le taux neutre. Il est "
            "chiffré, et seule votre coopérative le lit."
        ),
    )
    health_waived = forms.BooleanField(
        label=_("Dispensée de la complémentaire santé"),
        required=False,
        help_text=_("Contrats de travail seulement, sur demande écrite de la personne."),
    )


def typed_terms(terms: PersonalTerms | None, rate: Decimal | None) -> dict[str, Any]:
    if terms is None:
        return {}
    return {"pas_rate": rate, "health_waived": terms.health_waived}
