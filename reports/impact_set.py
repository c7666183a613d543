"""The partitions of the page Impact: who came, how they left, what they say. Cut as the FSE+ cuts.

In each, the first blocks hold what few people answer; the cells that matter most are hidden last.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from cohorts.enums import EnrolmentState
from cohorts.enums.entry_files import MISSING, REFUSED, QuarterStatus
from cohorts.enums.follow_ups import PowerToAct
from cohorts.enums.skills import SkillMoment
from cohorts.rules.exits import DURABLE, NEUTRALISED, TIMED, outcome_of
from cohorts.rules.follow_ups import MONTHS
from cohorts.rules.participants import (
    INACTIVE,
    ISCED_0_2,
    ISCED_3_4,
    ISCED_5_8,
    UNEMPLOYED,
    WORKING,
    Entry,
    Flag,
    long_unemployed,
)
from reports.cuts import Cell, Group, Partition, Share, register_set

if TYPE_CHECKING:
    from cohorts.models import ExitSituation, FollowUpAnswer
    from reports.selectors.stays import Stays

SET = "impact"
_FILES = _("Dossiers d’entrée")
_EXITS = _("Situations constatées à la sortie")
_NEWS = _("Nouvelles données par les personnes qui l’ont accepté")
_REFUSED = Cell(REFUSED, _("Ne souhaite pas répondre"))
_MISSING = Cell("missing", _("Sans réponse"))


def _way(stays: "Stays") -> Mapping[int, str]:
    done = EnrolmentState.COMPLETED
    return {key: "completed" for key, row in stays.rows.items() if row.state == done}


def _age(stays: "Stays") -> Mapping[int, str]:
    found = {}
    for key in stays.rows:
        age = stays.age_at_entry(key)
        if age is not None:
            bands = (("under_18", 18), ("from_18", 30), ("from_30", 55))
            found[key] = next((code for code, before in bands if age < before), "from_55")
    return found


def _long(stays: "Stays") -> Mapping[int, str]:
    """Of people unemployed on entering: since when, by the rule of the FSE+."""
    found = {}
    for key, one in stays.entries.items():
        answers = {"labour": one.labour, "seeking_since": one.seeking_since}
        entry = Entry(stays.rows[key].birth_date, one.entered_on, answers, {})
        flag = long_unemployed(entry)
        found[key] = _LENGTHS.get(flag, str(flag))
    return found


_LENGTHS = {Flag.YES: "long", Flag.NO: "short"}


def _said(code: str, cells: Mapping[str, frozenset[str]]) -> "Callable[[Stays], Mapping[int, str]]":
    def read(stays: "Stays") -> Mapping[int, str]:
        return {key: _among(answer, cells) for key, answer in stays.said(code).items()}

    return read


def _among(answer: str, cells: Mapping[str, frozenset[str]]) -> str:
    """The cell of an answer. A refusal and a blank are their own: neither means "no"."""
    if answer in (MISSING, REFUSED):
        return answer or "missing"
    return next((code for code, answers in cells.items() if answer in answers), "missing")


def _quarter(stays: "Stays") -> Mapping[int, str]:
    names = {QuarterStatus.IN: "inside", QuarterStatus.OUT: "outside"}
    return {key: names[QuarterStatus(one)] for key, one in stays.quarters.items() if one}


def _exit(stays: "Stays") -> Mapping[int, str]:
    return {key: _outcome(one) for key, one in stays.exits.items()}


def _outcome(one: "ExitSituation | FollowUpAnswer") -> str:
    """The finest cell: those of the IAE and of the FSE+ are sums of these."""
    if one.status in NEUTRALISED:
        return "neutralised"
    if one.status in DURABLE:
        return "durable"
    if one.status in TIMED:
        return str(outcome_of(one.status, one.contract_months, one.contract_days).category)
    return _OTHERS.get(one.status, "no_job")


_OTHERS = {"aided": "transition", "siae": "siae", "qualifying": "training"}
_JOB = ("durable", "transition", "siae")


def _news(months: int) -> "Callable[[Stays], Mapping[int, str]]":
    """Upon leaving when `months` is 0. Who is neutralised then is not asked any more."""

    def read(stays: "Stays") -> Mapping[int, str]:
        left = {key: _outcome(one) for key, one in stays.exits.items()}
        if not months:
            return left
        out = {key: cell for key, cell in left.items() if cell == "neutralised"}
        return {key: _outcome(one) for key, one in stays.answers[months].items()} | out

    return read


def _cut(
    read: "Callable[[Stays], Mapping[int, str]]", cells: Mapping[str, tuple[str, ...]]
) -> "Callable[[Stays], Mapping[int, str]]":
    """Coarser cells of the finest ones; what is in none keeps its own."""
    into = {fine: cell for cell, some in cells.items() for fine in some}
    return lambda stays: {key: into.get(cell, cell) for key, cell in read(stays).items()}


def _power(stays: "Stays") -> Mapping[int, str]:
    cells = {
        "much": frozenset({str(PowerToAct.MUCH)}),
        "some": frozenset({str(PowerToAct.SOME)}),
        "not_more": frozenset({str(PowerToAct.SAME), str(PowerToAct.LESS)}),
    }
    return {key: _among(answer, cells) for key, answer in stays.powers.items()}


def _qualification(stays: "Stays") -> Mapping[int, str]:
    cells = {"yes": frozenset({"yes"}), "no": frozenset({"no"})}
    return {key: _among(one.qualification, cells) for key, one in stays.exits.items()}


def _progress(stays: "Stays") -> Mapping[int, str]:
    """Over the skills somebody spoke of at both moments: one level more in one of them at least."""
    start, end = SkillMoment.START.value, SkillMoment.END.value
    found = {}
    for key, skills in stays.levels.items():
        both = [said[end] - said[start] for said in skills.values() if len(said) == 2]
        if both:
            found[key] = "higher" if max(both) > 0 else "not_higher"
    return found


def _confirmed(stays: "Stays") -> Mapping[int, str]:
    return dict.fromkeys(stays.confirmed, "confirmed")


_NEUTRALISED = Cell("neutralised", _("Sortie neutralisée : décès, déménagement, empêchement long"))
_WORDS = {
    "exit": _("À la sortie"), "after_3": _("Trois mois après"), "after_6": _("Six mois après"),
    "after_12": _("Douze mois après"),
}  # fmt: skip
_DYNAMIC_WORDS = {
    "exit": _("Sorties dynamiques, à la sortie"), "after_3": _("Sorties dynamiques, trois mois après"),
    "after_6": _("Sorties dynamiques, six mois après"), "after_12": _("Sorties dynamiques, douze mois après"),
}  # fmt: skip
_JOB_WORDS = {
    "exit": _("Emplois, à la sortie"), "after_3": _("Emplois, trois mois après"),
    "after_6": _("Emplois, six mois après"), "after_12": _("Emplois, douze mois après"),
}  # fmt: skip


def _moment(months: int) -> tuple[Partition, ...]:
    """Three tables, each of one cell of the one before: dynamic or not, job or training, which job."""
    code = f"after_{months}" if months else "exit"
    read = _news(months)
    nobody = (
        Cell("silent", _("Sans nouvelles"))
        if months
        else Cell("missing", _("Sortie pas encore notée"))
    )
    answered = Group("answered", _("Situation connue"), ("dynamic", "no_job"))
    definition = (
        _(
            "Ce que les personnes disent de leur situation, autant de mois après leur sortie. Celles qui "
            "n’ont pas répondu ou n’ont pas voulu être suivies restent dans le total."
        )
        if months
        else _(
            "La situation constatée à la sortie. Les sorties neutralisées sortent du calcul des taux."
        )
    )
    source = _NEWS if months else _EXITS
    dynamic = Share(
        "dynamic_rate",
        _("Sorties dynamiques : emploi, formation, insertion"),
        ("dynamic",),
        ("neutralised",),
    )
    return (
        Partition(
            code, _WORDS[code], definition, source,
            ((nobody, _NEUTRALISED), (Cell("no_job", _("Sans emploi ni formation, ou inconnue")),),
             (Cell("dynamic", _("Emploi, formation ou insertion")),)),
            _cut(read, {"dynamic": (*_JOB, "training")}), default=nobody.code,
            groups=(answered,),
            shares=(dynamic, Share("response_rate", _("Situation connue"), answered.cells, ("neutralised",))),
            months=months,
        ),
        Partition(
            f"{code}_dynamic", _DYNAMIC_WORDS[code], definition, source,
            ((Cell("training", _("Formation qualifiante")),), (Cell("job", _("Emploi ou entreprise")),)),
            _cut(read, {"job": _JOB}), default="job",
            shares=(Share("job_rate", _("En emploi"), ("job",), ("neutralised",), over=code),),
            months=months, within=(code, "dynamic"),
        ),
        Partition(
            f"{code}_job", _JOB_WORDS[code],
            _("Durable : plus de six mois, ou entreprise créée. De transition : moins, ou contrat aidé."), source,
            ((Cell("siae", _("Embauche par une structure d’insertion")),),
             (Cell("transition", _("Emploi de transition")),), (Cell("durable", _("Emploi durable")),)),
            read, default="durable", months=months, within=(f"{code}_dynamic", "job"),
        ),
    )  # fmt: skip


PARTITIONS = (
    Partition(
        "way", _("Aller au bout"), _("Où s’est arrêté le parcours de chaque personne."),
        _("Parcours des coopérants"),
        ((Cell("left", _("Parties avant la fin")),), (Cell("completed", _("Parcours terminés")),)),
        _way, default="left",
    ),
    Partition(
        "gender", _("Femmes et hommes"), _("Ce que chaque personne a répondu à l’entrée."), _FILES,
        ((_MISSING, _REFUSED, Cell("X", _("Non binaires"))), (Cell("M", _("Hommes")),), (Cell("F", _("Femmes")),)),
        _said("sex", {code: frozenset({code}) for code in "FMX"}),
    ),
    Partition(
        "age", _("Âge à l’entrée"), _("En années révolues, le premier jour de chaque personne."), _FILES,
        ((_MISSING, Cell("under_18", _("Moins de 18 ans"))), (Cell("from_55", _("55 ans et plus")),),
         (Cell("from_30", _("30 à 54 ans")),), (Cell("from_18", _("18 à 29 ans")),)),
        _age,
    ),
    Partition(
        "quarter", _("Quartier prioritaire"),
        _("D’après l’adresse à l’entrée et les contours officiels des quartiers (QPV)."),
        _("Adresses à l’entrée, contours de l’ANCT"),
        ((_MISSING,), (Cell("outside", _("Hors des quartiers prioritaires")),),
         (Cell("inside", _("Dans un quartier prioritaire")),)),
        _quarter,
    ),
    Partition(
        "rural", _("Zone rurale"), _("Ce que chaque personne a répondu à l’entrée."), _FILES,
        ((_MISSING, _REFUSED), (Cell("no", _("Hors d’une zone rurale")),), (Cell("yes", _("En zone rurale")),)),
        _said("rural", {"yes": frozenset({"yes"}), "no": frozenset({"no"})}),
    ),
    Partition(
        "labour", _("Situation la veille de l’entrée"), _("Ce que chaque personne a répondu à l’entrée."), _FILES,
        ((_MISSING, _REFUSED), (Cell("working", _("En emploi ou à son compte")),),
         (Cell("inactive", _("En études, ou sans chercher d’emploi")),), (Cell("unemployed", _("Au chômage")),)),
        _said("labour", {"unemployed": UNEMPLOYED, "inactive": INACTIVE, "working": WORKING}),
    ),
    Partition(
        "labour_long", _("Au chômage : depuis quand"),
        _("Depuis longtemps : plus de douze mois, ou plus de six avant 25 ans."), _FILES,
        ((_MISSING, _REFUSED), (Cell("short", _("Depuis moins longtemps")),), (Cell("long", _("Depuis longtemps")),)),
        _long, within=("labour", "unemployed"),
    ),
    Partition(
        "diploma", _("Niveau d’études"), _("Le diplôme le plus élevé, de n’importe quel pays (CITE)."), _FILES,
        ((_MISSING, _REFUSED), (Cell("isced_5_8", _("Études supérieures (CITE 5 à 8)")),),
         (Cell("isced_3_4", _("CAP, BEP, bac (CITE 3 et 4)")),),
         (Cell("isced_0_2", _("Brevet ou sans diplôme (CITE 0 à 2)")),)),
        _said("diploma", {"isced_0_2": ISCED_0_2, "isced_3_4": ISCED_3_4, "isced_5_8": ISCED_5_8}),
    ),
    Partition(
        "progress", _("Se sentir plus capable"),
        _(
            "Les personnes disent au début et à la fin où elles en sont. Plus à l’aise : un niveau de "
            "plus dans une compétence au moins."
        ),
        _("Ce que chaque personne dit de ses compétences"),
        ((Cell("missing", _("N’ont pas répondu aux deux moments")),), (Cell("not_higher", _("Aucun niveau de plus")),),
         (Cell("higher", _("Plus à l’aise dans une compétence au moins")),)),
        _progress,
    ),
    Partition(
        "confirmed", _("Compétences confirmées"),
        _("Quelqu’un qui a vu la personne faire l’a confirmé par écrit."), _("Compétences confirmées"),
        ((Cell("none", _("Aucune compétence confirmée")),),
         (Cell("confirmed", _("Une compétence confirmée au moins")),)),
        _confirmed, default="none",
    ),
    Partition(
        "power", _("Pouvoir d’agir"),
        _(
            "Ce que chaque personne répond à l’entretien de sortie : « Je me sens capable de changer des "
            "choses autour de moi »."
        ),
        _("Entretiens de sortie"),
        ((_MISSING, _REFUSED), (Cell("not_more", _("Comme avant, ou moins")),), (Cell("more", _("Plus qu’avant")),)),
        _cut(_power, {"more": ("some", "much")}),
        shares=(Share("rate", _("Plus qu’avant"), ("more",)),),
    ),
    Partition(
        "power_more", _("Plus qu’avant : un peu, ou beaucoup"), _("Parmi les personnes qui disent plus qu’avant."),
        _("Entretiens de sortie"), ((Cell("some", _("Un peu plus")),), (Cell("much", _("Beaucoup plus")),)),
        _power, default="some", within=("power", "more"),
    ),
    Partition(
        "qualification", _("Qualification obtenue"), _("Constatée à la sortie."), _EXITS,
        ((_MISSING, _REFUSED), (Cell("no", _("Sans qualification nouvelle")),),
         (Cell("yes", _("Qualification obtenue")),)),
        _qualification,
    ),
    *(one for months in (0, *MONTHS) for one in _moment(months)),
)  # fmt: skip


def register_all() -> None:
    register_set(SET, PARTITIONS)
