"""How a question will be decided: what the chooser proposes, and what else would fit."""

from typing import Any, cast

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _say
from django.utils.translation import gettext_lazy as _

from decisions import effects
from decisions.enums import Base, Method, Secrecy
from decisions.models import Statutes
from decisions.rules.chooser import Subject
from decisions.rules.terms import Terms
from decisions.selectors import terms as chooser
from decisions.selectors import words

GRADES = (_("Passable"), _("Assez bien"), _("Bien"), _("Très bien"))


def _asked(label: Any, help_text: Any = "") -> forms.ChoiceField:
    wrong = {"invalid_choice": _("Cette réponse ne va pas avec cette façon de voter.")}
    return forms.ChoiceField(
        label=label,
        help_text=help_text,
        required=False,
        widget=forms.RadioSelect,
        error_messages=wrong,
    )


class TermsForm(forms.Form):
    """What is left unanswered keeps what was proposed.

    Without scripts a page shows the parameters of one method at a time: those of the method asked
    last. When the subject changes (`moved`), the proposal changes with it and is shown before
    anything is opened.
    """

    subject = _asked(_("Que décide-t-on ?"))
    method = _asked(_("De quelle façon ?"))
    majority = _asked(_("Il faut"))
    base = _asked(_("Compté sur"), _("Ne sert pas quand il suffit de plus de pour que de contre."))
    min_grade = _asked(
        _("Mention la plus basse qui suffit"),
        _("La réponse gagnante doit l’atteindre pour la moitié des voix."),
    )
    threshold = _asked(_("Pour être choisie, une réponse doit être cochée par"))
    secrecy = _asked(_("Qui voit les choix ?"))
    advised_for = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        typed: Any,
        *,
        effect: effects.Effect,
        settings: effects.Settings,
        statutes: Statutes,
        roll: int,
    ) -> None:
        self.effect, self.settings, self.statutes, self.roll = effect, settings, statutes, roll
        said = typed if typed is not None else {}
        subjects = chooser.subjects_of(effect)
        known = {one.value: one for one in subjects}
        self.asked: Subject = known.get(said.get("subject", ""), effect.subject)
        self.moved = bool(said) and said.get("advised_for", self.asked.value) != self.asked.value
        self.methods = chooser.methods_for(effect, settings, statutes, self.asked)
        self.proposed = chooser.advised(effect, settings, statutes, self.asked)
        self.shown = self._shown("" if self.moved else said.get("method", ""))
        super().__init__(None if self.moved else typed, initial=self._initial())
        self._offer(subjects)

    @property
    def why(self) -> str:
        return words.why(self.asked)

    @property
    def terms(self) -> Terms:
        """The terms asked. Only after is_valid()."""
        method = Method(self._said("method"))
        rule = chooser.rule_of(self.effect, self.settings, self.statutes, method, self.asked)
        if method == Method.MAJORITY:
            rule = _majority(self._said("majority"), self._said("base"))
        elif method == Method.JUDGMENT:
            rule = {**rule, "min_grade": int(self._said("min_grade"))}
        elif method == Method.APPROVAL:
            rule = {**rule, "threshold": self._said("threshold")}
        return Terms(method.value, rule, self._said("secrecy"))

    @property
    def is_secret(self) -> bool:
        """What the page shown now would open, typed or proposed."""
        said = self["secrecy"].value() or Secrecy.OPEN
        return str(said) != Secrecy.OPEN

    def _said(self, name: str) -> str:
        return str(self.cleaned_data.get(name) or self.initial[name])

    def _shown(self, code: str) -> Method:
        return Method(code) if code in self.methods else self.methods[0]

    def _initial(self) -> dict[str, Any]:
        rule = chooser.rule_of(self.effect, self.settings, self.statutes, self.shown, self.asked)
        kind = rule.get("majority", "simple")
        levels = chooser.secrecies_for(self.shown, self.roll)
        return {
            "subject": self.asked.value,
            "method": self.shown.value,
            "majority": rule.get("fraction", "2/3") if kind == "qualified" else kind,
            "base": rule.get("base", self.statutes.majority_base),
            "min_grade": str(rule.get("min_grade", 1)),
            "threshold": rule.get("threshold", "0"),
            "secrecy": self.proposed.secrecy if self.proposed.secrecy in levels else Secrecy.OPEN,
            "advised_for": self.asked.value,
        }

    def _offer(self, subjects: tuple[Subject, ...]) -> None:
        offered: dict[str, list[tuple[str, Any]]] = {
            "subject": [(one.value, words.subject_label(one)) for one in subjects],
            "method": [(one.value, self._method(one)) for one in self.methods],
            "majority": _majorities(self.asked) if self.shown == Method.MAJORITY else [],
            "base": _bases(self.roll) if self.shown == Method.MAJORITY else [],
            "min_grade": _grades() if self.shown == Method.JUDGMENT else [],
            "threshold": _thresholds() if self.shown == Method.APPROVAL else [],
            "secrecy": [
                (one.value, _tile(str(one.label).capitalize(), words.secrecy_line(one)))
                for one in chooser.secrecies_for(self.shown, self.roll)
            ],
        }
        for name, choices in offered.items():
            # A question with one answer is not asked, but for secrecy, which is always said.
            if not choices or (len(choices) == 1 and name not in ("secrecy", "method")):
                del self.fields[name]
            else:
                cast(forms.ChoiceField, self.fields[name]).choices = choices

    def _method(self, method: Method) -> SafeString:
        name = str(method.label)
        title = name[0].upper() + name[1:]
        if method.value == self.proposed.method:
            title = _say("%(method)s (proposé)") % {"method": title}
        return _tile(title, words.method_line(method))


def _tile(title: str, why: str) -> SafeString:
    return format_html('<b>{}</b> <span class="ct-why">{}</span>', title, why)


def _majority(kind: str, base: str) -> dict[str, Any]:
    if kind == "simple":
        return {"majority": "simple"}
    if kind == "absolute":
        return {"majority": "absolute", "base": base}
    return {"majority": "qualified", "fraction": kind, "base": base}


def _majorities(subject: Subject) -> list[tuple[str, Any]]:
    high = [("2/3", _("Deux tiers")), ("3/4", _("Trois quarts"))]
    if subject in chooser.TWO_THIRDS_AT_LEAST:
        return high
    return [
        ("simple", _("Plus de pour que de contre")),
        ("absolute", _("Plus de la moitié")),
        *high,
    ]


def _bases(roll: int) -> list[tuple[str, Any]]:
    whole = _say("la liste entière, %(roll)s personnes") % {"roll": roll}
    return [
        (Base.EXPRESSED.value, _("les voix pour ou contre")),
        (Base.PRESENT.value, _("les personnes qui votent, blancs compris")),
        (Base.ROLL.value, whole),
    ]


def _grades() -> list[tuple[str, Any]]:
    return [(str(rank), label) for rank, label in enumerate(GRADES, start=1)]


def _thresholds() -> list[tuple[str, Any]]:
    return [
        ("0", _("une personne au moins")),
        ("1/3", _("un tiers des voix exprimées")),
        ("1/2", _("la moitié des voix exprimées")),
    ]
