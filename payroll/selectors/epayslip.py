"""How each person receives their slip, and where each slip is: informed, ready, opened, given."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.enums import EnrolmentState
from cohorts.models import Enrolment
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day, format_day
from documents.panels import Panel
from members.models import Person
from payroll.models import EPayslipEvent, PayRun, Payslip
from payroll.rules.epayslip import Said, SlipWish, informed_in_time, wish_from
from payroll.selectors.checks import Check


def wishes_of(person_ids: Iterable[int]) -> dict[int, SlipWish]:
    """Where each person stands. Costs one query."""
    said: dict[int, list[Said]] = {key: [] for key in person_ids}
    rows = EPayslipEvent.objects.filter(person_id__in=list(said)).order_by("pk")
    for person_id, act, on, how in rows.values_list("person_id", "act", "on", "how"):
        said[person_id].append(Said(act, on, how))
    return {key: wish_from(acts) for key, acts in said.items()}


def wish_of(person_id: int) -> SlipWish:
    """Where one person stands. Costs one query."""
    return wishes_of([person_id])[person_id]


def is_electronic(person_id: int) -> bool:
    """Who asked for paper is given paper, and not written to. Costs one query."""
    return not wish_of(person_id).wants_paper


def person_of(actor: Actor) -> Person:
    return Person.objects.get(pk=actor.person_id)


def slip_choice(actor: Actor) -> Panel | None:
    """The panel of "Mes papiers": a coopérant's own choice. Costs one query."""
    if not actor.is_cooperant:
        return None
    context = {"wish": wish_of(actor.person_id), "back": "papers"}
    return Panel("payroll/my/_slip_choice.html", context)


@dataclass(frozen=True, slots=True)
class PersonWish:
    enrolment: Enrolment
    wish: SlipWish

    @property
    def person(self) -> Person:
        person: Person = self.enrolment.person
        return person


def people_of(cohort_id: int) -> list[PersonWish]:
    """Everybody of a cohort who may receive a slip, by name. Costs two queries."""
    enrolments = list(
        Enrolment.objects.of_cohort(cohort_id)
        .exclude(state=EnrolmentState.SELECTED)
        .select_related("person")
        .order_by("person__last_name", "person__first_name", "pk")
    )
    wishes = wishes_of(enrolment.person_id for enrolment in enrolments)
    return [PersonWish(enrolment, wishes[enrolment.person_id]) for enrolment in enrolments]


@dataclass(frozen=True, slots=True)
class SlipDelivery:
    """One slip on its way to one person. The reader learns where it is, never what it says."""

    payslip: Payslip
    name: str
    wish: SlipWish
    tone: str
    icon: str
    state: str
    note: str
    may_be_given: bool


def delivery_of(run: PayRun) -> list[SlipDelivery]:
    """Every slip of a run, by person. Costs two queries."""
    slips = list(
        Payslip.objects.of_run(run)
        .select_related("document", "share__enrolment__person", "handover__by")
        .defer("document__snapshot", "share__slip")
        .order_by(
            "share__enrolment__person__last_name", "share__enrolment__person__first_name", "pk"
        )
    )
    wishes = wishes_of(slip.share.enrolment.person_id for slip in slips)
    return [_delivery(slip, wishes[slip.share.enrolment.person_id]) for slip in slips]


def _delivery(slip: Payslip, wish: SlipWish) -> SlipDelivery:
    given = getattr(slip, "handover", None)
    tone, icon, state = _state(slip, wish, given is not None)
    note = ""
    if given is not None:
        note = _("Remis en main propre le %(day)s par %(name)s.") % {
            "day": format_day(given.given_on),
            "name": given.by.full_name,
        }
    return SlipDelivery(
        payslip=slip,
        name=slip.share.enrolment.person.full_name,
        wish=wish,
        tone=tone,
        icon=icon,
        state=state,
        note=note,
        may_be_given=given is None and slip.document.is_ready,
    )


def _state(slip: Payslip, wish: SlipWish, given: bool) -> tuple[str, str, str]:
    opened: dt.datetime | None = slip.document.first_opened_at
    if not slip.document.is_ready:
        return "wait", "attente", _("Se prépare")
    if given:
        return "ok", "ok", _("Remis")
    if wish.wants_paper:
        return "warn", "imprimer", _("À remettre en papier")
    if opened is not None:
        return "ok", "ok", _("Ouvert le %s") % format_day(civil_day(opened))
    if not wish.is_informed:
        return "warn", "alerte", _("Pas ouvert, jamais informé")
    return "wait", "attente", _("Disponible, pas encore ouvert")


def informed_check(run: PayRun) -> Check:
    """Whether everybody paid by this run was told of the electronic slip, and early enough.

    Costs two queries. Source: C. trav. D3243-7.
    """
    people = run.photograph["people"]
    ids = [person["person"] for person in people]
    wishes = wishes_of(ids)
    url = reverse("payroll:slip_choices", args=[run.cohort_id])
    never = [p["name"] for p in people if not wishes[p["person"]].is_informed]
    if never:
        text = _("Jamais informés du bulletin électronique : %(names)s. Remettez-leur le papier.")
        return Check("warn", text % {"names": ", ".join(never)}, url, _("Noter l’information"))
    had_one = set(
        Payslip.objects.filter(share__enrolment__person_id__in=ids)
        .exclude(share__run=run)
        .values_list("share__enrolment__person_id", flat=True)
    )
    late = [
        person["name"]
        for person in people
        if person["person"] not in had_one and not _in_time(person, wishes[person["person"]], run)
    ]
    if late:
        text = _(
            "Informés moins d’un mois avant leur premier bulletin : %(names)s. "
            "Remettez-leur aussi le papier."
        )
        return Check("warn", text % {"names": ", ".join(late)}, url, _("Voir les choix"))
    return Check("ok", _("Chaque personne est informée du bulletin électronique."), url)


def _in_time(person: dict[str, object], wish: SlipWish, run: PayRun) -> bool:
    contract = person["contract"]
    arrived = dt.date.fromisoformat(contract["starts_on"]) if isinstance(contract, dict) else None
    if wish.informed_on is None or run.paid_on is None or wish.wants_paper:
        return wish.wants_paper
    return informed_in_time(wish.informed_on, first_slip_on=run.paid_on, arrived_on=arrived)
