"""Votes of the invented cohort for the benches that visit their pages, one of each secrecy."""

from typing import Any


def _ready() -> None:
    import django

    django.setup()
    from decisions.enums import Secrecy
    from decisions.selectors import secrecy

    # The embedded database does not offer "secret"; its pages weigh what they weigh elsewhere.
    secrecy.offered = lambda: tuple(Secrecy)


def _actor(person: Any) -> Any:
    from ct_platform.kit import clock
    from ct_platform.kit.actor import Actor
    from members.seats import seats_of

    return Actor(person.user_id, person.pk, person.full_name, seats_of(person.pk, clock.today())[0])


def open_all(who: str) -> dict[str, Any]:
    """By secrecy, an open vote of the cohort of `who` in which everybody else has voted."""
    _ready()
    import datetime as dt

    from cohorts.models import Enrolment
    from ct_platform.kit import clock
    from decisions import effects
    from decisions.models import KeyHolder, Poll
    from decisions.rules.terms import Terms
    from decisions.services import ballots, opening, sealing
    from members.models import Person

    first, last = who.split(" ", 1)
    mine = Enrolment.objects.select_related("cohort").get(
        person__first_name=first, person__last_name=last
    )
    chief = Person.objects.get(first_name="Inès")
    polls, at = {}, clock.now()
    for level in ("open", "secret", "sealed"):
        poll = opening.put_to_vote(
            cohort=mine.cohort,
            title=f"Le ménage le vendredi ? ({level})",
            text="On nettoie ensemble, une heure.",
            effect_code="living_rule",
            effect_settings=effects.get("living_rule").settings({}),
            closes_at=at + dt.timedelta(days=4),
            actor=_actor(chief),
            at=at,
            terms=Terms("majority", {}, level),
        )
        for holder in KeyHolder.objects.filter(poll=poll).select_related("person"):
            words = WORDS.setdefault(holder.position, _draw())
            sealing.take_key(poll=poll, words=words, actor=_actor(holder.person), at=at)
        poll = polls[level] = Poll.objects.get(pk=poll.pk)
        others = poll.electors.exclude(enrolment=mine).select_related("enrolment__person")
        for number, elector in enumerate(others):
            ballot = {"choice": "against" if number % 4 == 0 else "for"}
            ballots.cast(poll=poll, ballot=ballot, actor=_actor(elector.enrolment.person), at=at)
    return polls


WORDS: dict[int, tuple[str, ...]] = {}


def _draw() -> tuple[str, ...]:
    from decisions.services.words import draw_words

    return draw_words()


def count_all(polls: dict[str, Any]) -> None:
    """Close them at their hour; two holders open the sealed one."""
    from decisions.models import KeyHolder
    from decisions.services import polls as closing
    from decisions.services import sealing

    for poll in polls.values():
        closing.close_poll(poll=poll, actor=None, at=poll.closes_at)
        for holder in KeyHolder.objects.filter(poll=poll).select_related("person")[:2]:
            sealing.open_share(
                poll=poll, words=WORDS[holder.position], actor=_actor(holder.person),
                at=poll.closes_at,
            )  # fmt: skip
        poll.refresh_from_db()
        assert poll.is_counted
