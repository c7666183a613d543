"""*Tâches*, on a phone: what there is to do, one tap to come, one to say one cannot any more."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.models import Enrolment
from ct_platform.kit import clock
from ct_platform.kit.errors import Refused, Stale
from ct_platform.kit.http import ActorRequest, allow, form_page, reads, refuse_in, writes
from ct_platform.kit.once import once
from projects import perms, selectors
from projects.forms.tasks import CameForm, EditTaskForm, NewTaskForm
from projects.models import Task
from projects.selectors.tasks import (
    TaskLine,
    also_signed,
    own_sign_ups,
    people_to_tick,
    task_line,
    tasks_page,
)
from projects.services import tasks, work
from projects.strip import day_url


def _own(request: ActorRequest) -> Enrolment:
    allow(perms.may_read_tasks(request.actor))
    return selectors.own_enrolment(request.actor)


def _task(request: ActorRequest, task_id: int) -> Task:
    """A task in sight (404) that one may read (403)."""
    rows = Task.objects.visible_to(request.actor).for_page().select_related("cohort")
    found: Task = get_object_or_404(rows, pk=task_id)
    return found


@reads
def my_tasks(request: ActorRequest) -> HttpResponse:
    """What comes, who comes, what is left to tick."""
    own = _own(request)
    page = tasks_page(own.cohort_id, own, clock.now(), number=request.GET.get("page", ""))
    may = perms.may_write_task(request.actor, own.cohort, own)
    return render(request, "projects/tasks/mine.html", {"page": page, "may_write": may})


@reads
def my_task(request: ActorRequest, task_id: int) -> HttpResponse:
    found, own = _task(request, task_id), _own(request)
    line = task_line(found, own, clock.now())
    page = {
        "line": line,
        "may_act": perms.may_note(request.actor, own),
        "may_change": found.is_open and perms.may_change_task(request.actor, found, own),
        "may_tick": may_tick(request, line, own),
    }
    return render(request, "projects/tasks/my_task.html", page)


def may_tick(request: ActorRequest, line: TaskLine, own: Enrolment | None) -> bool:
    """Somebody who was there, once it has begun."""
    ready = line.has_begun and not line.task.is_cancelled
    signed = line.i_come or (line.mine is not None and bool(line.mine.came))
    return ready and perms.may_tick_task(request.actor, line.task, own, signed=signed)


@form_page
def propose(request: ActorRequest) -> HttpResponse:
    own = _own(request)
    allow(perms.may_write_task(request.actor, own.cohort, own))
    form = NewTaskForm(
        request.POST or None,
        projects=selectors.projects_of(own.cohort_id),
        initial={"day": clock.today()},
    )
    done = write_from(request, own.cohort, form, lambda task: reverse("projects:my_tasks"))
    return done or render(request, "projects/tasks/propose.html", {"form": form})


def write_from(
    request: ActorRequest, cohort: Any, form: NewTaskForm, then: Callable[[Task], str]
) -> HttpResponse | None:
    """The answer once the task is written; None while it is not, its refusal beside its field."""
    if not form.is_valid():
        return None

    def act() -> str:
        task = tasks.write_task(
            cohort=cohort, wishes=form.wishes(), actor=request.actor, at=clock.now()
        )
        messages.success(request, _("C’est écrit : %s.") % task.title)
        return then(task)

    try:
        return once(request, form.cleaned_data["submission_key"], act)
    except Refused as refusal:
        refuse_in(form, refusal)
        return None


@form_page
def change(request: ActorRequest, task_id: int) -> HttpResponse:
    found, own = _task(request, task_id), _own(request)
    allow(perms.may_change_task(request.actor, found, own))
    form = edit_form(request, found)
    if changed(request, found, form):
        return redirect("projects:my_task", task_id=found.pk)
    return render(request, "projects/tasks/change.html", {"form": form, "task": found})


def edit_form(request: ActorRequest, task: Task) -> EditTaskForm:
    return EditTaskForm(
        request.POST or None,
        projects=selectors.projects_of(task.cohort_id),
        initial=EditTaskForm.initial_of(task),
    )


def changed(request: ActorRequest, task: Task, form: EditTaskForm) -> bool:
    """Whether the page may go on; False while a refusal stands in the form."""
    if not form.is_valid():
        return False
    try:
        tasks.change_task(
            task=task,
            wishes=form.wishes(),
            seen_version=form.cleaned_data["version"],
            actor=request.actor,
            at=clock.now(),
        )
        messages.success(request, _("La tâche est changée."))
    except Refused as refusal:
        refuse_in(form, refusal)
        return False
    except Stale as refusal:
        messages.error(request, str(refusal))
    return True


@writes
def call_off(request: ActorRequest, task_id: int) -> HttpResponse:
    found, own = _task(request, task_id), _own(request)
    allow(perms.may_change_task(request.actor, found, own))
    called_off(request, found)
    return redirect("projects:my_task", task_id=found.pk)


def called_off(request: ActorRequest, task: Task) -> None:
    try:
        tasks.call_off_task(task=task, actor=request.actor, at=clock.now())
        messages.success(request, _("La tâche est annulée. Elle reste visible, barrée."))
    except Refused as refusal:
        messages.error(request, str(refusal))


@writes
def join(request: ActorRequest, task_id: int) -> HttpResponse:
    """ "Je viens", in one tap."""
    found, own = _task(request, task_id), _own(request)
    allow(perms.may_note(request.actor, own))
    try:
        tasks.join_task(task=found, enrolment=own, actor=request.actor, at=clock.now())
        messages.success(request, _("C’est noté, tu viens : %s.") % found.title)
        other = also_signed(own, found)
        if other is not None:
            messages.warning(request, _("À la même heure, tu viens aussi à « %s ».") % other.title)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("projects:my_task", task_id=found.pk)


@writes
def wait(request: ActorRequest, task_id: int) -> HttpResponse:
    found, own = _task(request, task_id), _own(request)
    allow(perms.may_note(request.actor, own))
    try:
        tasks.wait_for_task(task=found, enrolment=own, actor=request.actor, at=clock.now())
        messages.success(request, _("C’est noté. Si une place se libère, tu la verras ici."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("projects:my_task", task_id=found.pk)


@writes
def leave(request: ActorRequest, task_id: int) -> HttpResponse:
    """ "Je ne peux plus". Nothing is asked."""
    found, own = _task(request, task_id), _own(request)
    allow(perms.may_note(request.actor, own))
    try:
        row = tasks.leave_task(task=found, enrolment=own, actor=request.actor, at=clock.now())
        messages.success(request, _("C’est noté, tu ne viens plus. Merci de l’avoir dit."))
        if row is not None and row.is_late:
            messages.info(
                request,
                _("C’est bientôt : si tu peux, préviens aussi quelqu’un de vive voix."),
            )
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("projects:my_task", task_id=found.pk)


@form_page
def came(request: ActorRequest, task_id: int) -> HttpResponse:
    """Who came, ticked by one of those who were there."""
    found, own = _task(request, task_id), _own(request)
    line = task_line(found, own, clock.now())
    allow(may_tick(request, line, own))
    others = people_to_tick(found, found.sign_ups.all())
    if request.method == "POST" and tick(request, line, others):
        return redirect("projects:my_task", task_id=found.pk)
    return render(request, "projects/tasks/my_came.html", {"line": line, "others": others})


def tick(request: ActorRequest, line: TaskLine, others: list[Enrolment]) -> bool:
    people = [*(one.enrolment for one in line.task.sign_ups.all()), *others]
    form = CameForm(request.POST, people=people)
    try:
        if not form.is_valid():
            raise Refused(_("Cette page n’est plus à jour. Il faut la recharger."))
        tasks.note_who_came(
            task=line.task, came=form.cleaned_data["came"], actor=request.actor, at=clock.now()
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(
        request, _("C’est noté. Chaque personne venue trouve ses heures dans « Mes heures ».")
    )
    return True


@writes
def note_hours(request: ActorRequest, sign_up_id: int) -> HttpResponse:
    """The hours of a task I came to, in one tap."""
    own = _own(request)
    allow(perms.may_note(request.actor, own))
    row = get_object_or_404(own_sign_ups(own), pk=sign_up_id)
    projects = {str(one.pk): one for one in selectors.projects_of(own.cohort_id)}
    try:
        entry = work.note_task(
            sign_up=row,
            enrolment=own,
            project=projects.get(request.POST.get("project", "")),
            actor=request.actor,
            at=clock.now(),
        )
        words = {"time": clock.format_minutes(entry.minutes), "work": entry.work_label}
        messages.success(request, _("C’est noté : %(time)s, %(work)s.") % words)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(day_url(row.task.day))
