from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from documents.rules import ALPHABET, CODE_LENGTH, read_code


class CheckForm(forms.Form):
    """The code of a paper, typed by hand. Sent by GET: it reads, and needs no session."""

    code = forms.CharField(
        label=_("Code du papier"),
        help_text=_("26 lettres et chiffres, au bas du papier. Les tirets ne comptent pas."),
        max_length=300,
        error_messages={
            "required": _("Écrivez le code qui est au bas du papier."),
            "max_length": _("Ce code est trop long : il a 26 lettres et chiffres."),
        },
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )

    def clean_code(self) -> str:
        code = read_code(self.cleaned_data["code"])
        odd = sorted({letter for letter in code if letter not in ALPHABET})
        if odd:
            raise forms.ValidationError(
                _("Un code n’a pas de « %(letters)s ». Relisez-le sur le papier."),
                params={"letters": ", ".join(odd)[:20]},
            )
        missing = CODE_LENGTH - len(code)
        if missing > 0:
            raise forms.ValidationError(
                ngettext(
                    "Il manque %(n)d lettre ou chiffre : un code en a 26.",
                    "Il manque %(n)d lettres ou chiffres : un code en a 26.",
                    missing,
                ),
                params={"n": missing},
            )
        if missing < 0:
            raise forms.ValidationError(_("Ce code est trop long : il a 26 lettres et chiffres."))
        return code


class NameForm(forms.Form):
    """The name printed on the paper: the page answers yes or no, and shows nothing more."""

    name = forms.CharField(
        label=_("Le nom écrit sur le papier"),
        help_text=_("Prénom et nom. Cinq essais par heure."),
        max_length=170,
        error_messages={"required": _("Écrivez le prénom et le nom.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
