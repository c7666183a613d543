"""What an author fills in: their words or voice, their photo, and to what they agree."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ct_platform.kit import trades
from ct_platform.kit.errors import Refused
from ct_platform.kit.form_fields import DayField
from ct_platform.kit.once import OnceForm
from testimonials.enums import Use
from testimonials.models.testimonial import LONGEST_TEXT
from testimonials.services import photos
from testimonials.services.agreements import Given

_USES = (
    (Use.SITE, _("Le site public, lisible partout par internet")),
    (Use.SOCIAL, _("Les réseaux sociaux, lisibles partout par internet")),
    (Use.REPORT, _("Les rapports remis aux partenaires, en France")),
    (Use.PRESS, _("La presse, en France")),
)


def _uses(label: Any, help_text: Any, *, required: bool) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        help_text=help_text,
        choices=_USES,
        required=required,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _(
                "Sans ton accord, on ne peut pas publier. Coche au moins un endroit, si tu es d’accord."
            )
        },
    )


class AgreeForm(forms.Form):
    """Where, and until when. Each use is a consent of its own; none is ticked beforehand."""

    uses = _uses(
        _("J’accepte que mes mots paraissent sur"),
        _("Coche seulement ce que tu veux. Tu peux retirer chaque endroit à tout moment."),
        required=True,
    )
    consent_until = DayField(
        label=_("Jusqu’au"),
        help_text=_("Après cette date, tes mots disparaissent tout seuls. Trois ans au plus."),
    )

    def given(self, **proof: Any) -> Given:
        return Given(
            until=self.cleaned_data["consent_until"],
            uses=self.cleaned_data["uses"],
            photo_uses=self.cleaned_data.get("photo_uses", []),
            **proof,
        )


class MoreForm(AgreeForm):
    """A use more, or a later end, for words already told."""

    photo_uses = _uses(_("Et ma photo aussi, sur"), "", required=False)

    def __init__(self, *args: Any, has_photo: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_photo:
            del self.fields["photo_uses"]


class WordsForm(OnceForm, AgreeForm):
    text = forms.CharField(
        label=_("Tes mots"),
        max_length=LONGEST_TEXT,
        min_length=10,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "Ce que tu as fait, ce que ça a changé. 600 lettres au plus. Les fautes ne comptent pas."
        ),
        error_messages={"min_length": _("Écris au moins une phrase.")},
    )
    recording = forms.FileField(
        label=_("Ou avec ta voix"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": "audio/*", "capture": "user"}),
        help_text=_(
            "Enregistre-toi avec le téléphone, quinze minutes au plus. Ta voix n’est jamais publiée : "
            "on l’écoute pour écrire tes mots, et tu les relis avant tout."
        ),
    )
    signed_as = forms.CharField(
        label=_("Signé"),
        max_length=80,
        help_text=_("Ton prénom suffit. Tu peux en choisir un autre."),
    )
    trade = forms.ChoiceField(label=_("Ton métier dans la coopérative"), choices=trades.choices)
    photo = forms.FileField(
        label=_("Une photo de toi, si tu veux"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        help_text=_(
            "Toi seul sur la photo. L’endroit et la date que le téléphone y écrit sont effacés."
        ),
    )
    photo_uses = _uses(
        _("Ma photo peut paraître avec mes mots sur"), _("Rien de coché : elle ne paraît nulle part."),
        required=False,
    )  # fmt: skip
    field_order = (
        "text", "recording", "signed_as", "trade", "uses", "photo", "photo_uses", "consent_until",
    )  # fmt: skip

    def clean_photo(self) -> bytes | None:
        """Drawn again here, outside any transaction. What is typed stays on the page when it is refused."""
        upload = self.cleaned_data["photo"]
        try:
            return photos.redraw(upload) if upload is not None else None
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def clean_recording(self) -> tuple[bytes, str] | None:
        upload = self.cleaned_data["recording"]
        try:
            return photos.clean_recording(upload) if upload is not None else None
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("text") and not cleaned.get("recording"):
            self.add_error("text", _("Écris au moins une phrase, ou enregistre ta voix."))
        if cleaned.get("photo_uses") and not cleaned.get("photo") and "photo" not in self.errors:
            self.add_error("photo", _("Il manque la photo."))
        return cleaned


class EditForm(forms.Form):
    text = forms.CharField(
        label=_("Tes mots"),
        max_length=LONGEST_TEXT,
        min_length=10,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "min_length": _("Écris au moins une phrase."),
            "required": _("Écris au moins une phrase."),
        },
    )
    trade = forms.ChoiceField(label=_("Ton métier dans la coopérative"), choices=trades.choices)


def far_enough(today: dt.date) -> dt.date:
    """An end to begin with: the first day of the month, a year from now."""
    return today.replace(year=today.year + 1, day=1)
