"""What is asked to write a proposal, to discuss it, and to change its wording."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.once import OnceForm
from decisions.enums import ContributionKind
from decisions.models import Contribution, Proposal, ProposalVersion

_title = Proposal._meta.get_field("title").max_length
_text = ProposalVersion._meta.get_field("text").max_length


class ProposalForm(OnceForm):
    title = forms.CharField(
        label=_("La question"),
        max_length=_title,
        help_text=_("Courte, avec un point d’interrogation."),
        error_messages={"required": _("Écris la question.")},
    )
    text = forms.CharField(
        label=_("Explique"),
        required=False,
        max_length=_text,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Deux ou trois phrases simples : pourquoi, et ce que ça change."),
    )
    field_order = ["title", "text", "submission_key"]


class VersionForm(forms.Form):
    text = forms.CharField(
        label=_("Le texte"),
        required=False,
        max_length=_text,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    change = forms.CharField(
        label=_("Ce qui change, en une phrase"),
        max_length=ProposalVersion._meta.get_field("change").max_length,
        help_text=_("Tout le monde la lira dans l’histoire du texte."),
        error_messages={"required": _("Dis en une phrase ce qui change.")},
    )


class SayForm(forms.Form):
    """A voice in the discussion. The kind is chosen, never guessed."""

    kind = forms.ChoiceField(
        label=_("Tu veux dire"),
        widget=forms.RadioSelect,
        choices=[
            (ContributionKind.PRO.value, _("Pour")),
            (ContributionKind.CON.value, _("Contre")),
            (ContributionKind.QUESTION.value, _("Une question")),
            (ContributionKind.AMENDMENT.value, _("Un changement")),
        ],
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("Choisis ce que tu veux dire.")
        ),
    )
    text = forms.CharField(
        label=_("Ta phrase"),
        max_length=Contribution._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 3, "class": "form-control"}),
        error_messages={"required": _("Écris ta phrase.")},
    )


class AnswerForm(forms.Form):
    text = forms.CharField(
        label=_("Réponse"),
        max_length=Contribution._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Il manque la réponse.")},
    )


class DeclineForm(forms.Form):
    why = forms.CharField(
        label=_("Pourquoi tu ne le prends pas"),
        max_length=Contribution._meta.get_field("declined_why").max_length,
        error_messages={"required": _("Dis pourquoi, en une phrase.")},
    )
