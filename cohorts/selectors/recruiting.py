"""What the public page of a cohort shows, its meetings, and who still waits for an answer."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts import sayings
from cohorts.enums import CohortState, EnrolmentState
from cohorts.enums.recruiting import AnswerWay, ApplicationState
from cohorts.models import (
    Application,
    ApplicationAnswer,
    Cohort,
    InformationMeeting,
    MeetingGuest,
    Voice,
)
from cohorts.rules.programmes import ProgrammeBounds, age_fault, is_minor
from cohorts.selectors.people import Badge
from cohorts.selectors.selection import badge_of
from ct_platform.kit.delivery import DeliveryStatus


@dataclass(frozen=True, slots=True)
class MeetingRow:
    meeting: InformationMeeting
    left: int  # seats

    @property
    def is_full(self) -> bool:
        return self.left <= 0


def public_cohorts_to_join() -> QuerySet[Cohort]:
    """Cooperatives a stranger may open the page of: recruiting, at work, or ended and remembered."""
    shown: QuerySet[Cohort] = Cohort.objects.public() | Cohort.objects.remembered()
    return shown.select_related("territory", "host", "programme")


def is_recruiting(cohort: Cohort) -> bool:
    return cohort.state == CohortState.RECRUITING


def has_ended(cohort: Cohort) -> bool:
    return cohort.state in (CohortState.CLOSING, CohortState.ARCHIVED)


def coming_meetings(cohort: Cohort, at: dt.datetime) -> list[MeetingRow]:
    """Meetings to come, with the seats left. One query."""
    rows = _counted(cohort).filter(cancelled_at__isnull=True, starts_at__gt=at)
    return [MeetingRow(one, one.seats - one.expected) for one in rows]  # type: ignore[attr-defined]


def all_meetings(cohort: Cohort) -> list[MeetingRow]:
    """Every meeting, the last first. One query."""
    return [
        MeetingRow(one, one.seats - one.expected)  # type: ignore[attr-defined]
        for one in _counted(cohort).order_by("-starts_at", "-pk")
    ]


def _counted(cohort: Cohort) -> QuerySet[InformationMeeting]:
    found: QuerySet[InformationMeeting] = InformationMeeting.objects.of_cohort(cohort.pk).annotate(
        expected=Count("guests"), came=Count("guests", filter=Q(guests__came=True))
    )
    return found


def guests_of(meeting: InformationMeeting) -> list[MeetingGuest]:
    return list(meeting.guests.filter(erased_at__isnull=True))


def voice_of_form(cohort: Cohort, key: uuid.UUID | None) -> Voice | None:
    """The recording already kept under a form's key. One query."""
    if key is None:
        return None
    found: Voice | None = Voice.objects.filter(
        key=key, cohort=cohort, application__isnull=True
    ).first()
    return found


# --- answers


@dataclass(frozen=True, slots=True)
class ToAnswer:
    """Somebody decided about, whom nobody told yet."""

    application: Application
    badge: Badge
    way: str
    reach: str  # where the message goes, or how to hand a letter over


@dataclass(frozen=True, slots=True)
class Answers:
    to_answer: list[ToAnswer]
    letters: list[ApplicationAnswer]  # printed or not, not posted
    failed: list[ApplicationAnswer]
    on_the_way: int
    done: int
    undecided: int

    @property
    def left_out(self) -> int:
        """Whoever would be left without an answer if nothing more were done."""
        return len(self.to_answer) + len(self.letters) + len(self.failed) + self.undecided


def answers_of(cohort: Cohort, ways: dict[int, AnswerWay]) -> Answers:
    """Who waits, by what way. Two queries; `ways` by application, as services.answers.way_to says."""
    said = list(
        ApplicationAnswer.objects.of_cohort(cohort.pk)
        .current()
        .filter(application__erased_at__isnull=True)
        .select_related("application")
        .order_by("application__last_name", "pk")
    )
    waiting = [
        one for one in said if one.status in (DeliveryStatus.WAITING, DeliveryStatus.RUNNING)
    ]
    return Answers(
        to_answer=[
            ToAnswer(one, badge_of(one), str(ways[one.pk].label), reach_of(one, ways[one.pk]))
            for one in untold_applications(cohort)
            if one.pk in ways
        ],
        letters=[one for one in waiting if one.is_letter],
        failed=[one for one in said if one.status == DeliveryStatus.FAILED],
        on_the_way=sum(not one.is_letter for one in waiting),
        done=sum(one.status == DeliveryStatus.DONE for one in said),
        undecided=Application.objects.of_cohort(cohort.pk).received().standing().count(),
    )


def untold_applications(cohort: Cohort) -> list[Application]:
    return list(
        Application.objects.of_cohort(cohort.pk).untold().order_by("last_name", "first_name", "pk")
    )


def reach_of(application: Application, way: AnswerWay) -> str:
    """Where an answer goes: an address, a number, or the hand that carries a letter."""
    match way:
        case AnswerWay.MAIL:
            return str(application.email)
        case AnswerWay.SMS:
            return application.spoken_phone
    place = ", ".join(
        part
        for part in (application.address, f"{application.postcode} {application.city}".strip())
        if part
    )
    if application.address:
        return place
    if application.helper_name:
        return _("à remettre par %(name)s, %(contact)s") % {
            "name": application.helper_name,
            "contact": application.helper_contact or application.spoken_phone,
        }
    return _("à remettre en main propre, %(phone)s") % {"phone": application.spoken_phone}


def letters_to_print(cohort: Cohort) -> list[ApplicationAnswer]:
    """Letters nobody posted yet, as the paper needs them. One query."""
    return list(
        ApplicationAnswer.objects.of_cohort(cohort.pk)
        .current()
        .letters()
        .filter(status=DeliveryStatus.WAITING, application__erased_at__isnull=True)
        .select_related("application__cohort__territory", "application__cohort__host")
        .order_by("application__last_name", "pk")
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    bounds: ProgrammeBounds
    programme: str


def outside_ages(cohort: Cohort) -> list[str]:
    """Whom the programme does not take at the first day as it stands, a sentence each: those in the
    cohort or awaited, then those who apply. Dates move; ages are judged again. Two queries."""
    programme = cohort.programme
    asked = _Asked(programme.bounds, programme.name)
    inside = cohort.enrolments.exclude(state=EnrolmentState.LEFT).select_related("person")
    applying = (
        Application.objects.of_cohort(cohort.pk)
        .standing()
        .filter(enrolment__isnull=True)
        .exclude(state__in=[ApplicationState.WITHDRAWN, ApplicationState.DUPLICATE])
    )
    found = [(one.person.full_name, one.person.birth_date) for one in inside]
    found += [(one.full_name, one.birth_date) for one in applying]
    return [
        _("%(name)s : %(why)s")
        % {"name": name, "why": sayings.of_age(fault, born, cohort.starts_on, asked)}
        for name, born in found
        if born and (fault := age_fault(born, cohort.starts_on, programme.bounds))
    ]


def before_start(cohort: Cohort) -> list[str]:
    """What a coordinator should know before the cohort begins: nobody is left without an answer.

    Whoever is outside the ages of the programme comes first. Sentences, that warn and stop nothing.
    Four queries; none once it began.
    """
    if cohort.state not in (CohortState.DRAFT, CohortState.RECRUITING):
        return []
    found = Application.objects.of_cohort(cohort.pk).unanswered()
    counted = found.aggregate(
        undecided=Count("pk", filter=Q(state=ApplicationState.RECEIVED)), all=Count("pk")
    )
    waiting = cohort.enrolments.filter(state=EnrolmentState.SELECTED).count()
    said = outside_ages(cohort)
    if undecided := counted["undecided"]:
        said.append(
            ngettext(
                "%(n)s candidature n’a pas de décision.",
                "%(n)s candidatures n’ont pas de décision.",
                undecided,
            )
            % {"n": undecided}
        )
    if untold := counted["all"] - undecided:
        said.append(
            ngettext(
                "%(n)s personne attend encore sa réponse.",
                "%(n)s personnes attendent encore leur réponse.",
                untold,
            )
            % {"n": untold}
        )
    if waiting:
        said.append(
            ngettext(
                "%(n)s personne retenue n’est pas encore entrée : après le début, c’est le groupe qui vote.",
                "%(n)s personnes retenues ne sont pas encore entrées : après le début, c’est le groupe qui vote.",
                waiting,
            )
            % {"n": waiting}
        )
    return said


def needs_guardian(application: Application) -> bool:
    cohort = application.cohort
    return bool(cohort.programme.guardian_consent) and is_minor(
        application.birth_date, cohort.starts_on
    )
