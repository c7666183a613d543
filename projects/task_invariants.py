"""What must always be true of tasks, checked by `check_consistency`."""

from collections.abc import Iterable

from django.db.models import Count, F, Q
from django.utils.translation import gettext as _

from ct_platform.kit.invariants import Invariant, register
from projects.enums import SignUpState
from projects.models import Task, TaskSignUp


def _places_are_counted() -> Iterable[str]:
    signed = Count("sign_ups", filter=Q(sign_ups__state=SignUpState.SIGNED))
    for task in Task.objects.annotate(signed=signed).exclude(taken=F("signed")):
        yield _("Tâche n° %(key)s : %(taken)s places comptées, %(signed)s personnes inscrites.") % {
            "key": task.pk,
            "taken": task.taken,
            "signed": task.signed,
        }


def _tasks_stay_home() -> Iterable[str]:
    wrong = Task.objects.filter(project__isnull=False).exclude(project__cohort_id=F("cohort_id"))
    for task in wrong:
        yield _("Tâche n° %s : l’activité est d’une autre cohorte.") % task.pk
    others = TaskSignUp.objects.exclude(enrolment__cohort_id=F("task__cohort_id"))
    for row in others:
        yield _("Inscription n° %s : la personne est d’une autre cohorte.") % row.pk


def register_all() -> None:
    for code, sentence, check in (
        (
            "projects.places_are_counted",
            "Une tâche compte une place par personne inscrite.",
            _places_are_counted,
        ),
        (
            "projects.tasks_stay_home",
            "On s’inscrit aux tâches de sa coopérative.",
            _tasks_stay_home,
        ),
    ):
        register(Invariant(code, sentence, check))
