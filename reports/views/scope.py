"""How each view finds its object: in scope, else 404."""

from django.shortcuts import get_object_or_404

from cohorts.models import Cohort
from ct_platform.kit.http import ActorRequest, allow
from reports import perms
from reports.models import Question, Report, ShareLink, Snapshot


def cohort_to_freeze(request: ActorRequest, cohort_id: int) -> Cohort:
    in_scope = Cohort.objects.visible_to(request.actor).select_related("territory", "host")
    cohort: Cohort = get_object_or_404(in_scope, pk=cohort_id)
    allow(perms.can_freeze(request.actor))
    return cohort


def snapshot_in_scope(request: ActorRequest, snapshot_id: int) -> Snapshot:
    in_scope = Snapshot.objects.visible_to(request.actor).select_related(
        "cohort", "document", "report__document", "report__replaces__snapshot"
    )
    found: Snapshot = get_object_or_404(in_scope, pk=snapshot_id)
    return found


def report_in_scope(request: ActorRequest, snapshot_id: int) -> Report:
    in_scope = Report.objects.visible_to(request.actor).select_related("snapshot", "cohort")
    found: Report = get_object_or_404(in_scope, snapshot_id=snapshot_id)
    return found


def question_in_scope(request: ActorRequest, question_id: int) -> Question:
    in_scope = Question.objects.visible_to(request.actor).select_related("report__snapshot")
    found: Question = get_object_or_404(in_scope, pk=question_id)
    return found


def link_in_scope(request: ActorRequest, link_id: int) -> ShareLink:
    in_scope = ShareLink.objects.visible_to(request.actor).select_related("report")
    found: ShareLink = get_object_or_404(in_scope, pk=link_id)
    return found
