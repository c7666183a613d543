"""Hands raised in the room, in the same count as the phones. Source: voting.md, §5.

Who is counted by hand is ticked first (their phone is then refused), two people type the figures
without seeing each other's, and only equal figures that sum to the ticks enter the count.
"""

import datetime as dt
from collections.abc import Collection, Mapping
from enum import StrEnum

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import Frozen, Refused
from decisions import perms
from decisions.enums import AssemblyState, Channel, Method, PollState, Presence, RoomCountKind
from decisions.models import Assembly, AssemblyAttendance, Elector, Poll, RoomCount
from decisions.services.casting import require_open
from decisions.services.locks import lock_poll

BY_HAND = (Method.MAJORITY, Method.CHOICE)


class Counted(StrEnum):
    WAITING = "waiting"  # for the second teller
    AGREED = "agreed"
    DIFFERENT = "different"  # both are discarded: the room counts again


@transaction.atomic
def tick(*, poll: Poll, enrolment_ids: Collection[int], at: dt.datetime) -> Poll:
    """Say who is counted by hand, in all: those not in `enrolment_ids` are unticked.

    Behind the poll's lock, as casting is: a person votes on the phone or by hand. Figures already
    typed are discarded with the ticks they counted. Raises Refused: a secret vote or another
    method, no open assembly, the hour has passed (unticking stays possible), somebody off the roll,
    not in the room, or who already voted; Frozen once the hands are counted.
    """
    locked = lock_poll(poll)
    require_hands(locked)
    if locked.room_figures is not None:
        raise Frozen(_("Les mains sont comptées : la liste ne change plus."))
    roll = {one.enrolment_id: one for one in Elector.objects.filter(poll=locked)}
    asked = set(enrolment_ids)
    ticked = {key for key, one in roll.items() if one.channel == Channel.ROOM}
    if not asked <= set(roll):
        raise Refused(_("Cette personne n’est pas sur la liste de ce vote."))
    if asked - ticked:
        require_open(locked, at)
        require_countable([roll[key] for key in asked - ticked], in_the_room(locked))
    if asked == ticked:
        return locked
    lines = Elector.objects.filter(poll=locked, used=False)
    lines.filter(enrolment_id__in=ticked - asked).update(channel=Channel.NONE)
    lines.filter(enrolment_id__in=asked - ticked).update(channel=Channel.ROOM)
    RoomCount.objects.filter(poll=locked, kind=RoomCountKind.HANDS).update(discarded=True)
    return locked


@transaction.atomic
def type_hands(*, poll: Poll, figures: Mapping[str, int], actor: Actor) -> Counted:
    """One teller types the hands counted; with the second one's equal figures, they are the count.

    `figures`: hands by answer, "blank" included. A teller may correct their own while they wait.
    Raises PermissionDenied for who is not a teller, Refused: nobody ticked, an answer that is not
    one of this vote, a sum that is not the number of people ticked; Frozen once counted.
    """
    locked = lock_poll(poll)
    require_hands(locked)
    if not may_tell(actor, locked):
        raise PermissionDenied
    if locked.room_figures is not None:
        raise Frozen(_("Les mains sont déjà comptées."))
    typed = _checked(locked, figures)
    counts = RoomCount.objects.filter(poll=locked, kind=RoomCountKind.HANDS, discarded=False)
    counts.filter(teller_id=actor.person_id).update(discarded=True)
    other: RoomCount | None = counts.exclude(teller_id=actor.person_id).first()
    mine = RoomCount.objects.create(
        poll=locked, kind=RoomCountKind.HANDS, teller_id=actor.person_id, figures=typed
    )
    if other is None:
        return Counted.WAITING
    if other.figures != typed:
        RoomCount.objects.filter(pk__in=[mine.pk, other.pk]).update(discarded=True)
        return Counted.DIFFERENT
    locked.room_figures = typed
    locked.save(update_fields=["room_figures"])
    Elector.objects.filter(poll=locked, channel=Channel.ROOM).update(used=True)
    return Counted.AGREED


def require_hands(poll: Poll) -> None:
    """Raises Refused unless hands can be counted in this vote: open, by majority or choice, in an assembly."""
    if poll.is_secret or poll.method not in BY_HAND:
        raise Refused(_("Ce vote ne se compte pas à main levée."))
    if poll.state != PollState.OPEN:
        raise Refused(_("Ce vote n’est pas ouvert."))
    if not assemblies_of(poll):
        raise Refused(
            _("Les mains se comptent pendant une assemblée qui a ce vote à l’ordre du jour.")
        )


def assemblies_of(poll: Poll) -> list[int]:
    """The open or closed assemblies on whose agenda this poll is. One query."""
    held = Assembly.objects.filter(
        agenda__poll=poll, state__in=[AssemblyState.OPEN, AssemblyState.CLOSED]
    )
    return sorted(set(held.values_list("pk", flat=True)))


def may_tell(actor: Actor, poll: Poll) -> bool:
    """The coordinator, or any coopérant present in the room: two people, not one seat."""
    if actor.is_cooperant:
        return AssemblyAttendance.objects.filter(
            assembly__in=assemblies_of(poll),
            enrolment_id=actor.enrolment_id or 0,
            presence=Presence.PRESENT,
        ).exists()
    return perms.may_run_poll(actor, poll)


def in_the_room(poll: Poll) -> set[int]:
    """Enrolments noted present in the assemblies of this vote. Two queries."""
    rows = AssemblyAttendance.objects.filter(
        assembly__in=assemblies_of(poll), presence=Presence.PRESENT
    )
    return set(rows.values_list("enrolment_id", flat=True))


def require_countable(electors: Collection[Elector], room: Collection[int]) -> None:
    """Raises Refused unless nobody of them voted, and each is in the room or carried by who is."""
    for one in electors:
        if one.used:
            raise Refused(
                _("%(name)s a déjà voté sur son téléphone.")
                % {"name": one.enrolment.person.full_name}
            )
        # The hand that counts is the holder's, when a voice was given.
        if (one.proxy_holder_id or one.enrolment_id) not in room:
            raise Refused(
                _("%(name)s n’est pas dans la salle, ni la personne qui porte sa voix.")
                % {"name": one.enrolment.person.full_name}
            )


def _checked(poll: Poll, figures: Mapping[str, int]) -> dict[str, int]:
    answers = answers_of(poll)
    if set(figures) - set(answers) or any(number < 0 for number in figures.values()):
        raise Refused(_("Cette réponse n’est pas proposée dans ce vote."))
    ticked = Elector.objects.filter(poll=poll, channel=Channel.ROOM).count()
    if not ticked:
        raise Refused(_("Cochez d’abord les personnes comptées dans la salle."))
    total = sum(figures.values())
    if total != ticked:
        hands = ngettext("%(n)s main", "%(n)s mains", total) % {"n": total}
        people = ngettext("%(n)s personne", "%(n)s personnes", ticked) % {"n": ticked}
        raise Refused(
            _("%(hands)s pour %(people)s : comptez encore.") % {"hands": hands, "people": people}
        )
    return {answer: figures.get(answer, 0) for answer in answers}


def answers_of(poll: Poll) -> dict[str, str]:
    """What a hand may say: code → words, blank last. One query for a choice."""
    if poll.method == Method.MAJORITY:
        words = {"for": _("Pour"), "against": _("Contre"), "abstain": _("Abstention")}
    else:
        words = {option.code: option.label for option in poll.options.all()}
    return words | {"blank": _("Blanc")}
