"""The FSE+ file of participants, for the coordinator: one line a person, typed cells, and its codes.

The import format of "Ma démarche FSE+" is to be confirmed with the managing authority: headings carry
the official codes, so that columns can be matched whatever its order.
"""

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import xlsxwriter
from django.utils.text import slugify
from django.utils.translation import gettext as _

from cohorts.enums.entry_files import MISSING, REFUSED, ExitCategory, QuarterStatus
from cohorts.models import Cohort, FollowUpAnswer
from cohorts.questionnaire import CHOICE, QUESTIONS, SENSITIVE_QUESTIONS, question
from cohorts.rules.exits import ExitDoubt, is_in_time, outcome_of
from cohorts.rules.participants import (
    LATER_RESULTS,
    OUTPUTS,
    RESULTS,
    Entry,
    Flag,
    later_results_of,
    outputs_of,
    read_day,
    results_of,
)
from cohorts.selectors.participants import Participant
from cohorts.selectors.people import shown_phone
from ct_platform.kit.exports import Cell, csv_of, write_table

FLAG_WORDS = {
    Flag.YES: "oui",
    Flag.NO: "non",
    Flag.REFUSED: "ne souhaite pas répondre",
    Flag.MISSING: "",
}
_OUTPUT_WORDS = (
    "participants", "au chômage", "au chômage de longue durée", "inactifs", "en emploi",
    "moins de 18 ans", "de 18 à 29 ans", "55 ans et plus", "CITE 0 à 2", "CITE 3 et 4", "CITE 5 à 8",
    "handicap", "pays tiers", "origine étrangère", "minorités", "sans domicile", "zone rurale",
)  # fmt: skip
_RESULT_WORDS = ("en recherche d’emploi", "en études ou formation", "qualification", "en emploi")
_LATER_WORDS = ("en emploi six mois après", "meilleure situation d’emploi six mois après")
DOUBTS = {
    ExitDoubt.EXACTLY_SIX_MONTHS: "à confirmer : six mois exactement",
    ExitDoubt.LENGTH_UNKNOWN: "à confirmer : durée inconnue",
    ExitDoubt.NEUTRALISED_LIST: "à confirmer : liste des sorties neutralisées",
}


@dataclass(frozen=True, slots=True)
class ExportFile:
    filename: str
    content_type: str
    content: bytes


def header() -> list[str]:
    outputs = [f"{code} {words}" for code, words in zip(OUTPUTS, _OUTPUT_WORDS, strict=True)]
    results = [f"{code} {words}" for code, words in zip(RESULTS, _RESULT_WORDS, strict=True)]
    later = [f"{code} {words}" for code, words in zip(LATER_RESULTS, _LATER_WORDS, strict=True)]
    return [
        "Identifiant", "Nom", "Prénom", "Date de naissance", "Commune ou pays de naissance", "Sexe",
        "Adresse à l’entrée", "Code postal", "Commune", "Code INSEE", "Téléphone", "E-mail",
        "Personne relais", "Cohorte", "Opération", "Date d’entrée", "Âge à l’entrée",
        "Situation d’emploi", "Au chômage depuis", "Minimum social", "Diplôme", "Foyer", "Logement",
        "Zone rurale", "QPV", "Code QPV", "Millésime QPV", *outputs,
        "Revenu plus tard", "Date de sortie", "Sortie constatée le", "Constatée dans les quatre semaines",
        "Situation à la sortie", "Durée du contrat (mois)",
        "Jours en plus", "Catégorie de sortie", "À confirmer", *results,
        "Six mois après : constatée le", "Situation six mois après",
        "Catégorie six mois après", *later,
        "Questionnaire signé", "Dossier complet", "Il manque",
    ]  # fmt: skip


def row_of(one: Participant, sensitive: Mapping[str, str]) -> list[Cell]:
    """One participant. Refusals are words, missing answers empty cells."""
    first, last = one.first, one.last
    person, place, answers = first.person, first.place, first.answers
    outputs = outputs_of(Entry(person.birth_date, first.entered_on, answers, sensitive))
    left, outcome = last.exit, last.outcome
    results = results_of(left.status if left else MISSING, left.qualification if left else MISSING)
    then = one.later
    later = later_results_of(
        then.status if then else MISSING, then.better if then else MISSING, answers["labour"]
    )
    return [
        person.pk, person.last_name, person.first_name, person.birth_date, answers["birth_place"],
        _letter(answers["sex"]),
        *((place.address, place.postcode, place.city, place.insee) if place else ("", "", "", "")),
        shown_phone(person.phone), person.email, first.referent, first.enrolment.cohort.name,
        first.enrolment.cohort.operation, first.entered_on, first.age,
        _words("labour", answers), _day("seeking_since", answers),
        *(_words(code, answers) for code in ("minimum_income", "diploma", "household", "housing")),
        _words("rural", answers),
        _quarter(place.quarter_status if place else ""), place.quarter_code if place else "",
        place.vintage if place else None,
        *(FLAG_WORDS[outputs[code]] for code in OUTPUTS),
        _yes(one.participation.came_back), one.participation.left_on,
        left.known_on if left else None, _yes(is_in_time(left.left_on, left.known_on)) if left else "",
        left.get_status_display() if left else "", left.contract_months if left else None,
        left.contract_days if left and left.contract_months is not None else None,
        str(outcome.category.label) if outcome else "",
        DOUBTS[outcome.doubt] if outcome and outcome.doubt else "",
        *(FLAG_WORDS[results[code]] for code in RESULTS),
        then.said_on if then else None, then.get_status_display() if then else "",
        _category(then) if then else "",
        *(FLAG_WORDS[later[code]] for code in LATER_RESULTS),
        _yes(first.is_signed), _yes(first.is_complete), ", ".join(first.missing_words),
    ]  # fmt: skip


def _category(answer: FollowUpAnswer) -> str:
    found = outcome_of(answer.status, answer.contract_months, answer.contract_days)
    return str(found.category.label)


def _letter(answer: str) -> str:
    """F, M and X leave as they are; a refusal in words."""
    return FLAG_WORDS[Flag.REFUSED] if answer == REFUSED else answer


def _words(code: str, answers: Mapping[str, str]) -> str:
    return (
        FLAG_WORDS[Flag.REFUSED]
        if answers[code] == REFUSED
        else question(code).spoken(answers[code])
    )


def _day(code: str, answers: Mapping[str, str]) -> Cell:
    return FLAG_WORDS[Flag.REFUSED] if answers[code] == REFUSED else read_day(answers[code])


def _quarter(status: str) -> str:
    return {"": "", QuarterStatus.IN: "oui", QuarterStatus.OUT: "non"}[status]


def _yes(fact: bool) -> str:
    return FLAG_WORDS[Flag.YES if fact else Flag.NO]


def csv_file(
    cohort: Cohort,
    rows: Sequence[Participant],
    sensitive: Mapping[int, Mapping[str, str]],
    day: dt.date,
) -> ExportFile:
    """The table alone, as French spreadsheets open it."""
    content = csv_of(header(), _table(rows, sensitive))
    return ExportFile(_name(cohort, day, "csv"), "text/csv; charset=utf-8", content)


def workbook(
    cohort: Cohort,
    rows: Sequence[Participant],
    sensitive: Mapping[int, Mapping[str, str]],
    day: dt.date,
) -> ExportFile:
    """The table, and a sheet of every code list with its date and source."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    # Else the library reads the clock: the same people would not give the same bytes.
    book.set_properties(
        {"title": _("Participants FSE+"), "created": dt.datetime.combine(day, dt.time())}
    )
    formats = {
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        "date": book.add_format({"num_format": "dd/mm/yyyy"}),
        "amount": book.add_format({"num_format": "# ##0.00"}),
    }
    people = book.add_worksheet(_("Participants"))
    people.set_column(0, len(header()) - 1, 16)
    people.freeze_panes(1, 3)
    write_table(people, header(), _table(rows, sensitive), formats)
    codes = book.add_worksheet(_("Codes"))
    codes.set_column(0, 3, 40)
    codes.freeze_panes(1, 0)
    write_table(codes, *_codes(), formats)
    book.close()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return ExportFile(_name(cohort, day, "xlsx"), kind, file.getvalue())


def _table(
    rows: Sequence[Participant], sensitive: Mapping[int, Mapping[str, str]]
) -> list[list[Cell]]:
    lines = [row_of(one, sensitive.get(one.first.enrolment.pk, {})) for one in rows]
    # Nothing said is an empty cell, not a text without letters: spreadsheets count the latter.
    return [[None if cell == "" else cell for cell in line] for line in lines]


def _codes() -> tuple[list[str], list[list[Cell]]]:
    lists: list[list[Cell]] = [
        [
            str(one.label),
            str(words),
            str(one.purpose),
            f"{dated.source}, {dated.in_force_from:%d/%m/%Y}",
        ]
        for one in (*QUESTIONS, *SENSITIVE_QUESTIONS)
        if one.kind == CHOICE
        for dated in one.lists
        for _code, words in [*dated.answers.choices, (REFUSED, FLAG_WORDS[Flag.REFUSED])]
    ]
    categories: list[list[Cell]] = [
        [
            _("Catégorie de sortie"),
            str(one.label),
            _("Déduite de la situation et de la durée."),
            "IAE",
        ]
        for one in ExitCategory
    ]
    return [_("Question"), _("Réponse"), _("Sert à"), _("Source")], [*lists, *categories]


def _name(cohort: Cohort, day: dt.date, suffix: str) -> str:
    return f"participants-fse-{slugify(cohort.name)}-{day.isoformat()}.{suffix}"
