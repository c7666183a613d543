"""The electronic slip and its objection: what was said, by whom, when; and the slip given on paper."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day
from ct_platform.kit.errors import Refused
from members.models import Person
from payroll.enums import EPayslipAct
from payroll.models import EPayslipEvent, Payslip, SlipHandover
from payroll.selectors.epayslip import wishes_of


@transaction.atomic
def inform(
    *, people: Sequence[Person], on: dt.date, how: str, actor: Actor, at: dt.datetime
) -> int:
    """Record that these people were told of the electronic slip and of their right to paper.

    `on` is the day they were told, not after today. People already informed are left as they are.
    Returns how many were recorded. Raises Refused for a day to come, or without saying how.
    Source: C. trav. D3243-7 (information by any means that gives a certain date).
    """
    how = _said(on, how, at)
    held = _hold(people)
    known = wishes_of(held)
    fresh = [key for key in held if not known[key].is_informed]
    EPayslipEvent.objects.bulk_create(
        _event(key, EPayslipAct.INFORMED, on, how, actor, at) for key in fresh
    )
    return len(fresh)


@transaction.atomic
def ask_for_paper(*, person: Person, on: dt.date, how: str, actor: Actor, at: dt.datetime) -> bool:
    """Record an objection to the electronic slip; effective at once (the law leaves three months).

    False, and nothing is written, when paper already is what the person has. Raises Refused for a
    day to come, or without saying how. Source: C. trav. L3243-2, D3243-7.
    """
    return _choose(person, EPayslipAct.OBJECTED, on, how, actor, at)


@transaction.atomic
def take_electronic(
    *, person: Person, on: dt.date, how: str, actor: Actor, at: dt.datetime
) -> bool:
    """Record that a person who had asked for paper comes back to the electronic slip.

    False, and nothing is written, when the person never asked for paper. Raises Refused as above.
    """
    return _choose(person, EPayslipAct.ACCEPTED, on, how, actor, at)


@transaction.atomic
def hand_over(*, payslip: Payslip, on: dt.date, actor: Actor, at: dt.datetime) -> bool:
    """Record that a slip was given on paper, by `actor`. A second time changes nothing (False).

    Raises Refused for a day to come, or a slip not drawn yet. Source: C. trav. L3243-2 (delivery to the person).
    """
    if on > civil_day(at):
        raise Refused(_("Ce jour n’est pas encore venu."), field="on")
    if not payslip.document.is_ready:
        raise Refused(_("Ce bulletin n’est pas encore fait : il n’a pas pu être remis."))
    _given, created = SlipHandover.objects.get_or_create(
        payslip=payslip, defaults={"given_on": on, "by_id": actor.person_id, "at": at}
    )
    return created


def _choose(
    person: Person, act: EPayslipAct, on: dt.date, how: str, actor: Actor, at: dt.datetime
) -> bool:
    how = _said(on, how, at)
    (key,) = _hold([person])
    if wishes_of([key])[key].wants_paper == (act == EPayslipAct.OBJECTED):
        return False
    _event(key, act, on, how, actor, at).save()
    if wishes_of([key])[key].wants_paper != (act == EPayslipAct.OBJECTED):
        raise Refused(
            _("Un choix plus récent est déjà noté : cette date est trop ancienne."), field="on"
        )
    return True


def _hold(people: Sequence[Person]) -> list[int]:
    """Lock the persons: two taps, or a tap and a letter, are read one after the other."""
    keys = [person.pk for person in people]
    rows = Person.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    return list(rows.values_list("pk", flat=True))


def _said(on: dt.date, how: str, at: dt.datetime) -> str:
    if on > civil_day(at):
        raise Refused(_("Ce jour n’est pas encore venu."), field="on")
    if not how.strip():
        raise Refused(_("Dites comment : en réunion, par lettre…"), field="how")
    return how.strip()


def _event(
    person_id: int, act: EPayslipAct, on: dt.date, how: str, actor: Actor, at: dt.datetime
) -> EPayslipEvent:
    return EPayslipEvent(person_id=person_id, act=act, on=on, how=how, by_id=actor.person_id, at=at)
