"""The people of a cohort, as the coordinator's list shows them."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from cohorts.enums import EnrolmentState, LeavingReason
from cohorts.models import Cohort, Contract, Enrolment
from ct_platform.kit.clock import civil_day, format_day
from members.models import JoinCard

PER_PAGE = 50
_STATE_SIGNS = {
    EnrolmentState.ACTIVE: ("ok", "ok"),
    EnrolmentState.SELECTED: ("wait", "attente"),
    EnrolmentState.LEFT: ("wait", "sortir"),
    EnrolmentState.COMPLETED: ("ok", "attestation"),
}


@dataclass(frozen=True, slots=True)
class Badge:
    tone: str
    icon: str
    label: str
    detail: str = ""  # written under the badge: a table of seven columns has no room beside it


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One line of the list. Dates are inclusive."""

    enrolment_id: int
    name: str
    activity: str
    phone: str
    email: str
    starts_on: dt.date | None
    ends_on: dt.date | None
    left_on: dt.date | None
    state: Badge
    card: Badge
    has_account: bool
    has_live_card: bool
    is_active: bool
    is_selected: bool
    can_come_back: bool  # left, and not by a decision of the group

    @property
    def needs_card(self) -> bool:
        """Has no way in. Printing again would kill a card that is already in somebody's pocket."""
        return self.is_active and not self.has_account and not self.has_live_card


@dataclass(frozen=True, slots=True)
class PeopleCounts:
    active: int
    selected: int
    left: int
    without_account: int

    @property
    def total(self) -> int:
        return self.active + self.selected + self.left


def people_page(cohort: Cohort, number: str | None, at: dt.datetime) -> Page[Any]:
    """Fifty lines of the list. Three queries: count, people with their last card, contracts."""
    paginator = Paginator(_with_cards(Enrolment.objects.of_cohort(cohort.pk)), PER_PAGE)
    page = paginator.get_page(number)
    page.object_list = [_person_row(enrolment, at) for enrolment in page.object_list]
    return page


def people_counts(cohort: Cohort) -> PeopleCounts:
    """One query."""
    counted = Enrolment.objects.of_cohort(cohort.pk).aggregate(
        active=Count("pk", filter=Q(state=EnrolmentState.ACTIVE)),
        selected=Count("pk", filter=Q(state=EnrolmentState.SELECTED)),
        left=Count("pk", filter=Q(state__in=[EnrolmentState.LEFT, EnrolmentState.COMPLETED])),
        without_account=Count(
            "pk", filter=Q(state=EnrolmentState.ACTIVE, person__user__isnull=True)
        ),
    )
    return PeopleCounts(**counted)


def card_candidates(cohort: Cohort, at: dt.datetime) -> list[PersonRow]:
    """Everybody a card can be printed for: whoever holds or held a place. Two queries."""
    holders = Enrolment.objects.of_cohort(cohort.pk).exclude(state=EnrolmentState.SELECTED)
    return [_person_row(enrolment, at) for enrolment in _with_cards(holders)]


def enrolments_of(cohort: Cohort, keys: Collection[int]) -> list[Enrolment]:
    """These enrolments of that cohort, in the order of the list; fewer than asked when some are not
    of it."""
    return list(
        Enrolment.objects.of_cohort(cohort.pk)
        .exclude(state=EnrolmentState.SELECTED)
        .filter(pk__in=keys)
        .select_related("person")
    )


def waiting_of(cohort: Cohort, keys: Collection[int]) -> list[Enrolment]:
    """These enrolments of that cohort, not in yet or just let in; fewer when some are not of it."""
    return list(
        Enrolment.objects.of_cohort(cohort.pk)
        .filter(pk__in=keys, state__in=[EnrolmentState.SELECTED, EnrolmentState.ACTIVE])
        .select_related("person", "cohort__programme")
    )


def _with_cards(enrolments: QuerySet[Any]) -> QuerySet[Any]:
    last = JoinCard.objects.filter(person_id=OuterRef("person_id")).order_by("-created_at", "-pk")
    found: QuerySet[Any] = (
        enrolments.select_related("person")
        .prefetch_related(Prefetch("contracts", Contract.objects.standing()))
        .annotate(
            card_expires_at=Subquery(last.values("expires_at")[:1]),
            card_used_at=Subquery(last.values("used_at")[:1]),
            card_revoked_at=Subquery(last.values("revoked_at")[:1]),
        )
        .order_by("person__last_name", "person__first_name", "pk")
    )
    return found


def _person_row(enrolment: Any, at: dt.datetime) -> PersonRow:
    person = enrolment.person
    contracts = list(enrolment.contracts.all())
    state = EnrolmentState(enrolment.state)
    left = (
        _("le %(day)s") % {"day": format_day(enrolment.left_on, year=False)}
        if enrolment.left_on
        else ""
    )
    label = _("Parti·e") if left else str(state.label)
    return PersonRow(
        enrolment_id=enrolment.pk,
        name=person.full_name,
        activity=enrolment.activity,
        phone=shown_phone(person.phone),
        email=person.email,
        starts_on=contracts[0].starts_on if contracts else None,
        ends_on=contracts[-1].last_day if contracts else None,
        left_on=enrolment.left_on,
        state=Badge(*_STATE_SIGNS[state], label[0].upper() + label[1:], left),
        card=_card_badge(enrolment, person.user_id is not None, at),
        has_account=person.user_id is not None,
        has_live_card=_is_live(enrolment, at),
        is_active=state is EnrolmentState.ACTIVE,
        is_selected=state is EnrolmentState.SELECTED,
        can_come_back=state is EnrolmentState.LEFT
        and enrolment.left_reason != LeavingReason.DECISION,
    )


def _is_live(enrolment: Any, at: dt.datetime) -> bool:
    """The last card printed still opens the door."""
    return (
        enrolment.card_expires_at is not None
        and enrolment.card_expires_at > at
        and enrolment.card_used_at is None
        and enrolment.card_revoked_at is None
    )


def _card_badge(enrolment: Any, has_account: bool, at: dt.datetime) -> Badge:
    used_at, expires_at = enrolment.card_used_at, enrolment.card_expires_at
    if used_at is not None:
        return Badge("ok", "ok", _("Utilisée"), _("le %(day)s") % {"day": _day(used_at)})
    if expires_at is None or enrolment.card_revoked_at is not None:
        if has_account:
            return Badge("ok", "cle", _("A déjà un accès"))
        return Badge("wait", "attente", _("Jamais imprimée"))
    if expires_at <= at:
        return Badge(
            "warn", "alerte", _("Périmée"), _("depuis le %(day)s") % {"day": _day(expires_at)}
        )
    until = _("jusqu’au %(day)s") % {"day": _day(expires_at)}
    return Badge("wait", "imprimer", _("Imprimée"), until)


def _day(instant: dt.datetime) -> str:
    return format_day(civil_day(instant), year=False)


def shown_phone(phone: str) -> str:
    """ "+33639981234" → "06 39 98 12 34"; other countries stay as they are."""
    if not (phone.startswith("+33") and len(phone) == 12):
        return phone
    national = "0" + phone[3:]
    return "\N{NO-BREAK SPACE}".join(national[i : i + 2] for i in range(0, 10, 2))
