"""The forms of a correction: what was asked wrongly, then the agreement of a second person."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.clock import Month, format_minutes, parse_minutes
from ct_platform.kit.money import euros
from ct_platform.kit.once import OnceForm
from payroll.forms.fields import AmountInput, RateInput
from payroll.models import ContributionProfile, Share
from payroll.rules import changes as rules
from payroll.selectors.corrections import days_of, opened

_STEP = Decimal("0.000001")


class DurationInput(forms.CharField):
    """Hours as people write them: "43 h 30", "43,5"."""

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        minutes = parse_minutes(text) if text else None
        if minutes is None:
            raise forms.ValidationError(_("Écrivez une durée, par exemple 43 h 30."))
        return minutes


class CorrectionForm(OnceForm):
    """Everything as it was asked; only what is typed differently is a change."""

    reason = forms.CharField(
        label=_("Qu’est-ce qui était faux ?"),
        max_length=200,  # three printed lines: the slip stays on one page
        help_text=_(
            "Une phrase simple : elle est imprimée sur les deux papiers et lue par la personne."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Dites en une phrase ce qui était faux.")},
    )
    profile = forms.TypedChoiceField(label=_("Contrat et profil de cotisations"), coerce=int)
    minutes = DurationInput(
        label=_("Heures"),
        help_text=_("Comptent pour les contrats de travail. La part du pot ne change pas."),
    )
    days = forms.IntegerField(
        label=_("Jours sous contrat dans le mois"),
        min_value=1,
        error_messages={"invalid": _("Écrivez un nombre entier.")},
    )
    pas_rate = RateInput(
        label=_("Taux personnel d’impôt, en %"),
        required=False,
        help_text=_("Vide : barème par défaut."),
    )
    health_waived = forms.BooleanField(
        label=_("Dispense de la complémentaire santé"), required=False
    )
    health_cover = AmountInput(label=_("Complémentaire santé, par mois"))
    health_cover_employer_share = RateInput(label=_("Part de l’hôte dans la complémentaire, en %"))
    atmp_rate = RateInput(label=_("Taux accidents du travail (AT/MP), en %"))
    mobility_rate = RateInput(label=_("Versement mobilité, en %"))
    headcount = forms.IntegerField(
        label=_("Effectif légal"),
        min_value=0,
        max_value=100_000,
        error_messages={"invalid": _("Écrivez un nombre entier.")},
    )
    hourly_rate = AmountInput(
        label=_("Taux horaire des contrats de travail"),
        required=False,
        help_text=_("Vide : les heures confirmées sont payées."),
    )

    SECTIONS = (
        (_("Le contrat"), ("profile", "minutes", "days")),
        (
            _("L’impôt et la santé"),
            ("pas_rate", "health_waived", "health_cover", "health_cover_employer_share"),
        ),
        (
            _("La coopérative hôte"),
            ("atmp_rate", "mobility_rate", "headcount", "hourly_rate"),
        ),
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        share: Share,
        photograph: Mapping[str, Any],
        profiles: Iterable[ContributionProfile],
        **kwargs: Any,
    ) -> None:
        self.month = Month(share.run.month)
        self.given = _given(share, photograph)
        super().__init__(*args, initial=_typed(self.given), **kwargs)
        self.profiles = {profile.pk: profile for profile in profiles}
        field = self.fields["profile"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101  declared above
        field.choices = [(pk, _profile_label(one)) for pk, one in self.profiles.items()]
        days = self.fields["days"]
        assert isinstance(days, forms.IntegerField)  # noqa: S101  declared above
        days.max_value = self.month.last.day

    @property
    def sections(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        return ((str(title), [self[name] for name in names]) for title, names in self.SECTIONS)

    def clean_days(self) -> int:
        days: int = self.cleaned_data["days"]
        if days > self.month.last.day:
            raise forms.ValidationError(_("Ce mois a %(n)s jours.") % {"n": self.month.last.day})
        return days

    def asked(self) -> dict[str, Any]:
        """What is typed differently from what the slip was asked."""
        typed = self.cleaned_data
        changed = {name for name, value in self.given.items() if typed[name] != value}
        asked: dict[str, Any] = {name: typed[name] for name in changed - {"profile", "days"}}
        if "profile" in changed:
            asked["profile"] = self.profiles[typed["profile"]]
        if "days" in changed:
            part = Decimal(typed["days"]) / Decimal(self.month.last.day)
            asked["presence"] = part.quantize(_STEP)
        return asked


class AgreeForm(forms.Form):
    read = forms.BooleanField(
        label=_("J’ai comparé les deux bulletins et j’émets la correction en notre nom."),
        error_messages={"required": _("Cochez la case pour donner votre accord.")},
    )


def _profile_label(profile: ContributionProfile) -> str:
    label = _("CAPE") if profile.code == "cape" else _("Contrat de travail")
    return _("%(label)s, version %(version)s") % {"label": label, "version": profile.version}


def _given(share: Share, photograph: Mapping[str, Any]) -> dict[str, Any]:
    """What the standing slip was asked, as the cleaned form would say it."""

    def says(name: str) -> Any:
        return rules.written(photograph, share.enrolment_id, name)

    def number(name: str) -> Decimal | None:
        return None if says(name) is None else Decimal(says(name))

    return {
        "profile": says(rules.PROFILE)["id"],
        "minutes": says(rules.MINUTES),
        "days": days_of(Decimal(says("presence")), share.run.month),
        "pas_rate": opened(says(rules.PAS_RATE)),
        "health_waived": bool(says("health_waived")),
        "health_cover": number("health_cover") or Decimal(0),
        "health_cover_employer_share": number("health_cover_employer_share") or Decimal(0),
        "atmp_rate": number("atmp_rate"),
        "mobility_rate": number("mobility_rate"),
        "headcount": says("headcount"),
        "hourly_rate": number("hourly_rate"),
    }


def _typed(given: Mapping[str, Any]) -> dict[str, Any]:
    """The same, as people type it."""
    rates = ("pas_rate", "health_cover_employer_share", "atmp_rate", "mobility_rate")
    amounts = ("health_cover", "hourly_rate")
    typed = dict(given) | {"minutes": format_minutes(given["minutes"])}
    typed |= {name: given[name].normalize() for name in rates if given[name] is not None}
    typed |= {name: euros(given[name], sign=False) for name in amounts if given[name] is not None}
    return typed
