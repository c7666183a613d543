"""The questions of the enrolment file: what is asked, of whom, in which words, and what for.

Source of the fields: arrêté du 19 décembre 2014 (FSE) and regulation (EU) 2021/1057, annex I. Lists
of answers are dated: a newer list is added below the older one, which keeps the files of its time.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cohorts.enums.entry_files import (
    MISSING,
    REFUSED,
    REFUSED_LABEL,
    Diploma,
    Household,
    Housing,
    LabourStatus,
    MinimumIncome,
    Sex,
    YesNo,
)
from ct_platform.kit.clock import format_day

CHOICE, DAY, TEXT = "choice", "day", "text"


@dataclass(frozen=True, slots=True)
class DatedList:
    """Answers offered to who enters from that day on, in their order."""

    in_force_from: dt.date
    source: str
    answers: type[TextChoices]


@dataclass(frozen=True, slots=True)
class Question:
    """`label` for desks and papers, `asked` for the person ("tu"), `purpose` beside both."""

    code: str
    label: Promise
    asked: Promise
    purpose: Promise
    kind: str = CHOICE
    lists: tuple[DatedList, ...] = ()
    can_refuse: bool = True
    help: Promise | str = ""

    def offered(self, day: dt.date) -> list[tuple[str, Promise | str]]:
        """Codes and words offered to who enters on that day, without the refusal."""
        last = max(
            (one for one in self.lists if one.in_force_from <= day),
            key=lambda one: one.in_force_from,
            default=None,
        )
        return [(code, label) for code, label in last.answers.choices] if last else []

    def accepts(self, answer: str, day: dt.date) -> bool:
        """Whether an answer (never blank) may be given by who enters on that day."""
        if answer == REFUSED:
            return self.can_refuse
        if self.kind == CHOICE:
            return answer in {code for code, _label in self.offered(day)}
        return bool(answer.strip())

    def spoken(self, answer: str) -> str:
        """An answer in words, whatever the list it came from; "" when it is missing."""
        if answer == REFUSED:
            return str(REFUSED_LABEL)
        if answer == MISSING:
            return ""
        if self.kind == DAY:
            return format_day(dt.date.fromisoformat(answer))
        words = {code: label for one in self.lists for code, label in one.answers.choices}
        return str(words.get(answer, answer))


_FROM = dt.date(2021, 1, 1)


def _list(answers: type[TextChoices]) -> tuple[DatedList, ...]:
    return (DatedList(_FROM, "FSE+ 2021–2027, règlement (UE) 2021/1057, annexe I", answers),)


QUESTIONS: tuple[Question, ...] = (
    Question(
        "labour",
        _("Situation d’emploi la veille de l’entrée"),
        _("La veille de ton entrée, tu étais…"),
        _("Sert à compter les personnes au chômage, en emploi, en études (FSE+ EECO02 à EECO05)."),
        lists=_list(LabourStatus),
    ),
    Question(
        "seeking_since",
        _("Au chômage depuis le"),
        _("Si tu étais au chômage : depuis quand ?"),
        _("Sert à compter le chômage de longue durée (EECO03). Une date approchée convient."),
        kind=DAY,
    ),
    Question(
        "minimum_income",
        _("Minimum social"),
        _("Tu touchais un minimum social ?"),
        _("Sert au bilan du territoire, en nombre seulement. Ne change aucun droit."),
        lists=_list(MinimumIncome),
    ),
    Question(
        "diploma",
        _("Diplôme le plus élevé"),
        _("Ton diplôme le plus élevé ?"),
        _("Sert à compter les niveaux d’études (EECO09 à EECO11). N’importe quel pays compte."),
        lists=_list(Diploma),
    ),
    Question(
        "household",
        _("Foyer"),
        _("Tu vis…"),
        _("Sert à voir qui l’action atteint : familles, parents seuls, personnes seules."),
        lists=_list(Household),
    ),
    Question(
        "housing",
        _("Logement"),
        _("Ton logement ?"),
        _("Sert à voir qui l’action atteint. Aucune adresse n’est transmise avec cette réponse."),
        lists=_list(Housing),
    ),
    Question(
        "rural",
        _("Habite une zone rurale"),
        _("Tu habites à la campagne ?"),
        _("Sert à compter les personnes des zones rurales (EECO17)."),
        lists=_list(YesNo),
    ),
    Question(
        "sex",
        _("Sexe"),
        _("Tu es…"),
        _("L’Union européenne demande tous ses chiffres par sexe."),
        lists=_list(Sex),
    ),
    Question(
        "birth_place",
        _("Commune ou pays de naissance"),
        _("Où es-tu né·e ? Commune, ou pays"),
        _("Évite de confondre deux personnes du même nom dans le fichier européen."),
        kind=TEXT,
        can_refuse=False,
    ),
)

SENSITIVE_QUESTIONS: tuple[Question, ...] = (
    Question(
        "disability",
        _("Handicap reconnu ou ressenti"),
        _("Tu as un handicap ?"),
        _("Sert à compter les personnes handicapées que l’action atteint (EECO12)."),
        lists=_list(YesNo),
    ),
    Question(
        "third_country",
        _("Nationalité d’un pays hors de l’Union européenne"),
        _("Ta nationalité est celle d’un pays hors de l’Union européenne ?"),
        _("Sert à compter les ressortissants de pays tiers (EECO13). Aucun titre n’est demandé."),
        lists=_list(YesNo),
    ),
    Question(
        "foreign_background",
        _("Un parent né à l’étranger"),
        _("L’un de tes parents est né à l’étranger ?"),
        _("Sert à compter les personnes d’origine étrangère (EECO14)."),
        lists=_list(YesNo),
    ),
    Question(
        "minority",
        _("Appartenance à une minorité, Roms compris"),
        _("Tu te sens membre d’une minorité (les Roms, par exemple) ?"),
        _("Sert à compter les personnes des minorités (EECO15)."),
        lists=_list(YesNo),
    ),
    Question(
        "homeless",
        _("Sans domicile, ou exclu du logement"),
        _("Tu étais sans logement, ou mal logé·e ?"),
        _("Sert à compter les personnes sans domicile (EECO16)."),
        lists=_list(YesNo),
    ),
)


@dataclass(frozen=True, slots=True)
class Step:
    """A short page of the file: a name for each reader, an icon, and what it asks."""

    code: str
    label: Promise
    own_label: Promise
    icon: str
    questions: tuple[str, ...]
    needs: tuple[str, ...]  # codes of cohorts.rules.completeness this page settles


# The contact and the address have pages of their own: they are written on the person too.
CONTACT_STEP, ADDRESS_STEP, SENSITIVE_STEP = "contact", "adresse", "sensible"
STEPS: tuple[Step, ...] = (
    Step(
        CONTACT_STEP, _("Contact"), _("Te joindre"), "telephone", (), ("contact",),
    ),
    Step(
        ADDRESS_STEP, _("Adresse à l’entrée"), _("Où tu habites"), "maison", (), ("address",),
    ),
    Step(
        "emploi", _("Emploi et ressources"), _("Ton travail"), "horloge",
        ("labour", "seeking_since", "minimum_income"),
        ("labour", "seeking_since", "minimum_income"),
    ),
    Step(
        "etudes", _("Études"), _("Tes études"), "attestation", ("diploma",), ("diploma",),
    ),
    Step(
        "foyer", _("Foyer et logement"), _("Ton foyer"), "groupe",
        ("household", "housing", "rural"), ("household", "housing", "rural"),
    ),
    Step(
        "identite", _("Identité"), _("Toi"), "personne",
        ("sex", "birth_place"), ("sex", "birth_place", "birth_date"),
    ),
)  # fmt: skip

_BY_CODE = {one.code: one for one in (*QUESTIONS, *SENSITIVE_QUESTIONS)}
_STEP_BY_CODE = {one.code: one for one in STEPS}
ORDINARY = tuple(one.code for one in QUESTIONS)
SENSITIVE = tuple(one.code for one in SENSITIVE_QUESTIONS)

# How a page names what a file still needs.
NEEDED: Mapping[str, Promise] = {
    "birth_date": _("Date de naissance"),
    "contact": _("Un moyen de joindre la personne"),
    "address": _("Adresse à l’entrée"),
    "quarter": _("Quartier prioritaire : oui ou non"),
    **{one.code: one.label for one in QUESTIONS},
}


def question(code: str) -> Question:
    return _BY_CODE[code]


def step_of(code: str) -> Step | None:
    return _STEP_BY_CODE.get(code)


def after(code: str) -> Step | None:
    """The page that follows, None after the last."""
    place = [one.code for one in STEPS].index(code)
    return STEPS[place + 1] if place + 1 < len(STEPS) else None
