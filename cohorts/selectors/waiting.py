"""What cohorts knows that waits: people, applications, entry files, half-days. Registered in ready()."""

import datetime as dt
from typing import Any

from django.db.models import (
    Case,
    Count,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Value,
    When,
)
from django.db.models import DateField as Day
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts import waiting
from cohorts.enums import CohortState, EnrolmentState, ImportState
from cohorts.enums.sessions import CorrectionSide, CorrectionState, SessionState
from cohorts.models import (
    Application,
    Attendance,
    Cohort,
    CorrectionRequest,
    Enrolment,
    EnrolmentImport,
    ExitSituation,
    Slot,
)
from cohorts.rules.completeness import ALARM_PERCENT, is_alarming
from cohorts.rules.exits import EXIT_DAYS
from cohorts.selectors.completeness import has_complete_file, participants
from cohorts.waiting import Line, Pile, Source, door

FILES = "files"
# Half-days nobody signed are told for a month: later, only a correction mends them.
_SIGNED_WITHIN = dt.timedelta(days=30)
_AT_WORK = (CohortState.RECRUITING, CohortState.RUNNING)


def _first_day(today: dt.date) -> Any:
    """The first day of the cohort while it is to come: an answer after it helps nobody."""
    return Case(
        When(cohort__starts_on__gte=today, then=F("cohort__starts_on")),
        default=Value(None),
        output_field=Day(),
    )


def _import(pile: Pile, cohort: Cohort, today: dt.date) -> Line:
    url = door("cohorts:import_preview", pile, import_id=pile.first_id)
    title = ngettext(
        "%(n)s import attend votre accord", "%(n)s imports attendent votre accord", pile.count
    )
    text = _("Rien n’est écrit avant votre accord.")
    return Line("groupe", title % {"n": pile.count}, text, url, state=_("À confirmer"))


def _nobody(pile: Pile, cohort: Cohort, today: dt.date) -> Line:
    text = _("Importez la liste des coopérants, ou ajoutez-les un par un.")
    title = _("La cohorte n’a encore personne")
    return Line("groupe", title, text, door("cohorts:people", pile), state=_("Pour commencer"))


def _to_read(pile: Pile, cohort: Cohort, today: dt.date) -> Line:
    title = ngettext("%(n)s candidature à lire", "%(n)s candidatures à lire", pile.count)
    text = _("Chacune attend une décision, puis une réponse.")
    url = door("cohorts:applications", pile)
    return Line(
        "lettre", title % {"n": pile.count}, text, url, due_on=pile.due_on, state=_("À décider")
    )


def _to_answer(pile: Pile, cohort: Cohort, today: dt.date) -> Line:
    title = ngettext(
        "%(n)s personne attend sa réponse", "%(n)s personnes attendent leur réponse", pile.count
    )
    text = _("La décision est prise : dites-la-leur.")
    url = door("cohorts:answers", pile)
    return Line(
        "lettre", title % {"n": pile.count}, text, url, due_on=pile.due_on, state=_("À répondre")
    )


def _files(pile: Pile, cohort: Cohort, today: dt.date) -> Line:
    title = ngettext(
        "%(n)s dossier d’entrée incomplet", "%(n)s dossiers d’entrée incomplets", pile.count
    )
    said = {"n": pile.count, "all": pile.amount, "limit": ALARM_PERCENT}
    alarming = is_alarming(pile.count, pile.amount)
    percent = -(-100 * pile.count // pile.amount)
    text = _("%(n)s sur %(all)s, soit %(percent)s\N{NO-BREAK SPACE}%%.") % (
        said | {"percent": percent}
    )
    risk = _("Au-dessus de %(limit)s\N{NO-BREAK SPACE}%%, le financement peut être corrigé.") % said
    return Line(
        "papier",
        title % said,
        f"{text} {risk}",
        door("cohorts:files", pile),
        law=_("FSE+, règlement (UE) 2021/1057, annexe I"),
        state=_("À compléter") if alarming else _("Sans urgence"),
        tone="bad" if alarming else "wait",
    )


def _exits(pile: Pile, cohort: Cohort, today: dt.date) -> Line:
    title = ngettext(
        "%(n)s situation de sortie à noter", "%(n)s situations de sortie à noter", pile.count
    )
    text = _("Dans les quatre semaines qui suivent le départ.")
    return Line(
        "sortir",
        title % {"n": pile.count},
        text,
        door("cohorts:files", pile),
        law=_("FSE+, données de sortie"),
        due_on=pile.due_on,
    )


def _corrections(pile: Pile, cohort: Cohort, today: dt.date) -> Line:
    title = ngettext(
        "%(n)s correction de présence demandée",
        "%(n)s corrections de présence demandées",
        pile.count,
    )
    text = _("La personne dit que la feuille se trompe. Elle attend votre réponse.")
    url = door("cohorts:calendar", pile)
    return Line("bulle", title % {"n": pile.count}, text, url, state=_("À répondre"))


def _unsigned(pile: Pile, cohort: Cohort, today: dt.date) -> Line:
    title = ngettext(
        "%(n)s demi-journée sans aucune signature",
        "%(n)s demi-journées sans aucune signature",
        pile.count,
    )
    text = _("Qui était là ? Le papier signé, ou les absences, se notent encore.")
    return Line(
        "stylo",
        title % {"n": pile.count},
        text,
        door("cohorts:attendance_sheets", pile),
        law=_("Pièce demandée par les financeurs"),
        state=_("Cette semaine"),
    )


def _past_and_unsigned(today: dt.date) -> Any:
    return Slot.objects.filter(
        session__state=SessionState.PLANNED,
        session__day__gte=today - _SIGNED_WITHIN,
        session__day__lt=today,
    ).exclude(Exists(Attendance.objects.filter(slot=OuterRef("pk"))))


def _left_without_exit(today: dt.date) -> Any:
    told = ExitSituation.objects.filter(enrolment=OuterRef("pk"))
    return Enrolment.objects.filter(left_on__isnull=False).exclude(Exists(told))


SOURCES = (
    Source(
        "import", 10, lambda today: EnrolmentImport.objects.filter(state=ImportState.DRAFT), _import,
        cohort="cohort_id",
    ),
    Source(
        "nobody", 11,
        lambda today: Cohort.objects.filter(state__in=[CohortState.DRAFT, *_AT_WORK]).exclude(
            Exists(Enrolment.objects.filter(cohort=OuterRef("pk"), state=EnrolmentState.ACTIVE))
        ),
        _nobody, cohort="id",
    ),
    Source(
        "to_read", 20, lambda today: Application.objects.received().standing(), _to_read,
        cohort="cohort_id", due=_first_day,
    ),
    Source(
        "to_answer", 21,
        lambda today: Application.objects.decided().unanswered(), _to_answer,
        cohort="cohort_id", due=_first_day,
    ),
    Source(
        "corrections", 30,
        lambda today: CorrectionRequest.objects.filter(
            state=CorrectionState.OPEN, side=CorrectionSide.PERSON
        ),
        _corrections,
    ),
    Source("unsigned_slots", 31, _past_and_unsigned, _unsigned, cohort="session__cohort_id"),
    Source(
        "exits", 40, _left_without_exit, _exits, cohort="cohort_id",
        due=lambda today: ExpressionWrapper(
            F("left_on") + Value(dt.timedelta(days=EXIT_DAYS), DurationField()), output_field=Day()
        ),
    ),
    Source(
        FILES, 90, lambda today: participants(), _files, cohort="cohort_id",
        count=lambda among: Count("pk", filter=~has_complete_file(among)), amount=Count("pk"),
    ),
)  # fmt: skip


def register_all() -> None:
    for source in SOURCES:
        waiting.register(source)
