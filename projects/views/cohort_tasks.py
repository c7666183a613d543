"""The coordination's pages of tasks: the same tasks, with everybody's names."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from cohorts.models import Cohort
from ct_platform.kit import clock
from ct_platform.kit.http import ActorRequest, form_page, reads, writes
from projects import selectors
from projects.forms.tasks import NewTaskForm
from projects.models import Task
from projects.selectors.tasks import people_to_tick, task_line, tasks_page
from projects.views.cohort_hours import cohort_to_run
from projects.views.tasks import called_off, changed, edit_form, may_tick, tick, write_from


def _task(cohort: Cohort, task_id: int) -> Task:
    rows = Task.objects.of_cohort(cohort.pk).for_page().select_related("cohort")
    found: Task = get_object_or_404(rows, pk=task_id)
    return found


@reads
def cohort_tasks(request: ActorRequest, cohort_id: int) -> HttpResponse:
    cohort = cohort_to_run(request, cohort_id)
    page = tasks_page(cohort.pk, None, clock.now(), number=request.GET.get("page", ""))
    return render(request, "projects/tasks/cohort.html", {"page": page, "cohort": cohort})


@form_page
def add_task(request: ActorRequest, cohort_id: int) -> HttpResponse:
    cohort = cohort_to_run(request, cohort_id)
    form = NewTaskForm(
        request.POST or None,
        projects=selectors.projects_of(cohort.pk),
        initial={"day": clock.today()},
    )
    back = reverse("projects:cohort_tasks", args=[cohort.pk])
    done = write_from(request, cohort, form, lambda task: back)
    return done or render(request, "projects/tasks/add.html", {"form": form, "cohort": cohort})


@reads
def cohort_task(request: ActorRequest, cohort_id: int, task_id: int) -> HttpResponse:
    cohort = cohort_to_run(request, cohort_id)
    line = task_line(_task(cohort, task_id), None, clock.now())
    page = {"cohort": cohort, "line": line, "may_tick": may_tick(request, line, None)}
    return render(request, "projects/tasks/one.html", page)


@form_page
def edit_task(request: ActorRequest, cohort_id: int, task_id: int) -> HttpResponse:
    cohort = cohort_to_run(request, cohort_id)
    found = _task(cohort, task_id)
    form = edit_form(request, found)
    if changed(request, found, form):
        return redirect("projects:cohort_task", cohort_id=cohort.pk, task_id=found.pk)
    page = {"form": form, "task": found, "cohort": cohort}
    return render(request, "projects/tasks/edit.html", page)


@writes
def call_off_task(request: ActorRequest, cohort_id: int, task_id: int) -> HttpResponse:
    cohort = cohort_to_run(request, cohort_id)
    called_off(request, _task(cohort, task_id))
    return redirect("projects:cohort_task", cohort_id=cohort.pk, task_id=task_id)


@form_page
def task_came(request: ActorRequest, cohort_id: int, task_id: int) -> HttpResponse:
    cohort = cohort_to_run(request, cohort_id)
    found = _task(cohort, task_id)
    line = task_line(found, None, clock.now())
    others = people_to_tick(found, found.sign_ups.all())
    if request.method == "POST" and tick(request, line, others):
        return redirect("projects:cohort_task", cohort_id=cohort.pk, task_id=found.pk)
    page = {"line": line, "others": others, "cohort": cohort}
    return render(request, "projects/tasks/came.html", page)
