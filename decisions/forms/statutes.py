"""The rules of voting as the group reads them together: nine questions, each with its reason."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _say
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from decisions.enums import Base, TieRule
from decisions.models import Statutes
from decisions.rules import quorum
from decisions.selectors.statutes import part_of

QUORUMS = ((0, 1), (1, 3), (1, 2), (2, 3))
HOURS = (0, 24, 48, 72, 168)
HOLDERS = (0, 1, 2)
ROUNDS = (1, 2, 3, 5)


def _asked(label: Any, help_text: Any) -> forms.ChoiceField:
    wrong = dict.fromkeys(("required", "invalid_choice"), _("Choisissez une réponse."))
    return forms.ChoiceField(
        label=label, help_text=help_text, widget=forms.RadioSelect, error_messages=wrong
    )


class StatutesForm(forms.Form):
    """Every choice says what it gives with the cohort's own number of `voters`."""

    quorum = _asked(
        _("1. Combien de personnes pour qu’un vote compte ?"),
        _("Un vote à trois ne décide pas pour tout le monde."),
    )
    majority_base = _asked(
        _("2. Les deux tiers, de quoi ?"),
        _("Pour les grandes décisions. Un oui ou non simple se compte toujours sur les voix."),
    )
    notice_hours = _asked(
        _("3. Combien de temps pour voter, au moins ?"),
        _("Pour lire, en parler, dormir dessus."),
    )
    proxies_per_holder = _asked(
        _("4. Peut-on voter pour une personne absente ?"),
        _("Elle l’écrit avant l’ouverture, et peut reprendre sa voix."),
    )
    tie_rule = _asked(
        _("5. Deux réponses à égalité : que fait-on ?"),
        _("Un oui ou non à égalité n’est jamais adopté."),
    )
    seal_persons = _asked(
        _("6. Les votes sur une personne"),
        _("Choisir qui tient la caisse, accueillir ou exclure quelqu’un."),
    )
    seal_money = _asked(_("7. Les votes sur l’argent"), _("Par exemple la règle de partage."))
    concerned_vote = _asked(
        _("8. La personne dont on parle vote-t-elle ?"),
        _("Quand on vote pour l’exclure ou lui donner un mandat."),
    )
    consent_rounds = _asked(
        _("9. Consentement : combien de tours ?"),
        _("Une objection fait changer le texte. Après le dernier tour, on vote à la majorité."),
    )
    agreed = forms.IntegerField(
        min_value=1,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "form-control"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value"), _("Écrivez combien de personnes sont d’accord.")
        ),
    )

    def __init__(self, *args: Any, voters: int, shown: Statutes, **kwargs: Any) -> None:
        super().__init__(*args, initial=_initial(shown), **kwargs)
        offered: dict[str, Iterable[tuple[str, Any]]] = {
            "quorum": [_quorum(top, bottom, voters) for top, bottom in QUORUMS],
            "majority_base": _bases(voters),
            "notice_hours": [(str(hours), _notice(hours)) for hours in HOURS],
            "proxies_per_holder": [(str(many), _holder(many)) for many in HOLDERS],
            "tie_rule": _ties(),
            "seal_persons": _seals(),
            "seal_money": _seals(),
            "concerned_vote": _concerned(voters),
            "consent_rounds": [(str(many), _rounds(many)) for many in ROUNDS],
        }
        for name, choices in offered.items():
            self.fields[name].choices = list(choices)  # type: ignore[attr-defined]
        self.fields["agreed"].label = _say("Personnes d’accord, sur %(voters)s") % {
            "voters": voters
        }

    @property
    def rules(self) -> dict[str, Any]:
        """The answers by field of Statutes."""
        typed = self.cleaned_data
        top, _slash, bottom = typed["quorum"].partition("/")
        whole = ("notice_hours", "proxies_per_holder", "consent_rounds")
        yes_no = ("seal_persons", "seal_money", "concerned_vote")
        return {
            "quorum_numerator": int(top),
            "quorum_denominator": int(bottom),
            "majority_base": typed["majority_base"],
            "tie_rule": typed["tie_rule"],
            **{name: int(typed[name]) for name in whole},
            **{name: typed[name] == "yes" for name in yes_no},
        }

    @property
    def questions(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name != "agreed"]


def _initial(shown: Statutes) -> dict[str, Any]:
    yes_no = ("seal_persons", "seal_money", "concerned_vote")
    plain = ("majority_base", "notice_hours", "proxies_per_holder", "tie_rule", "consent_rounds")
    return {
        "quorum": f"{shown.quorum_numerator}/{shown.quorum_denominator}",
        **{name: getattr(shown, name) for name in plain},
        **{name: "yes" if getattr(shown, name) else "no" for name in yes_no},
    }


def _tile(title: str, why: str) -> SafeString:
    return format_html('<b>{}</b> <span class="ct-why">{}</span>', title, why)


def _quorum(top: int, bottom: int, voters: int) -> tuple[str, SafeString]:
    if not top:
        return "0/1", _tile(_say("Pas de minimum"), _say("Un vote compte même à deux."))
    part = part_of(top, bottom)
    why = _say("%(part)s de %(voters)s, c’est %(needed)s.") % {
        "part": part[0].upper() + part[1:],
        "voters": voters,
        "needed": quorum.required(top, bottom, voters),
    }
    return f"{top}/{bottom}", _tile(part[0].upper() + part[1:], why)


def _bases(voters: int) -> list[tuple[str, SafeString]]:
    all_of_them = quorum.required(2, 3, voters)
    words = {"voters": voters, "needed": all_of_them}
    return [
        (
            Base.EXPRESSED.value,
            _tile(
                _say("Des voix pour ou contre"),
                _say("Si 9 personnes disent pour ou contre, il faut 6 pour."),
            ),
        ),
        (
            Base.PRESENT.value,
            _tile(
                _say("Des personnes qui votent"),
                _say("Un blanc pèse comme un non : si 12 votent, il faut 8 pour."),
            ),
        ),
        (
            Base.ROLL.value,
            _tile(
                _say("De toute la liste"),
                _say("Une absence pèse comme un non : il faut %(needed)s pour sur %(voters)s.")
                % words,
            ),
        ),
    ]


def _notice(hours: int) -> SafeString:
    if not hours:
        return _tile(_say("Pas de minimum"), _say("On peut décider le jour même."))
    days = hours // 24
    title = ngettext("%(days)s jour", "%(days)s jours", days) % {"days": days}
    return _tile(title, _say("%(hours)s heures entre l’ouverture et la fin.") % {"hours": hours})


def _holder(many: int) -> SafeString:
    if not many:
        return _tile(_say("Non"), _say("Chacun vote soi-même, sur son téléphone ou dans la salle."))
    title = ngettext("Oui, pour %(n)s personne", "Oui, pour %(n)s personnes", many) % {"n": many}
    why = ngettext(
        "Avec sa propre voix, cela fait %(all)s voix dans une seule main.",
        "Avec sa propre voix, cela fait %(all)s voix dans une seule main.",
        many,
    )
    return _tile(title, why % {"all": many + 1})


def _ties() -> list[tuple[str, SafeString]]:
    return [
        (
            TieRule.ROUND.value,
            _tile(_say("On revote"), _say("Entre les réponses à égalité seulement.")),
        ),
        (
            TieRule.LOT.value,
            _tile(_say("On tire au sort"), _say("Un tirage que tout le monde peut vérifier.")),
        ),
    ]


def _seals() -> list[tuple[str, SafeString]]:
    return [
        (
            "yes",
            _tile(
                _say("Scellés"),
                _say("Personne ne voit les choix. Deux clés sur trois ouvrent l’urne à la fin."),
            ),
        ),
        ("no", _tile(_say("Ouverts"), _say("À la fin, le groupe voit qui a choisi quoi."))),
    ]


def _concerned(voters: int) -> list[tuple[str, SafeString]]:
    words = {"voters": voters, "others": max(voters - 1, 0)}
    return [
        ("yes", _tile(_say("Oui"), _say("Les %(voters)s personnes votent.") % words)),
        ("no", _tile(_say("Non"), _say("Les %(others)s autres votent.") % words)),
    ]


def _rounds(many: int) -> SafeString:
    title = ngettext("%(n)s tour", "%(n)s tours", many) % {"n": many}
    why = ngettext(
        "Le texte n’est pas réécrit.",
        "Le texte peut être réécrit %(n)s fois.",
        many - 1,
    )
    if many == 1:
        why = _say("Une objection, et on passe au vote à la majorité.")
    return _tile(title, why % {"n": many - 1} if many > 1 else why)
