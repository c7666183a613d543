"""An assembly, so that tests read as what people do in the room."""

import datetime as dt
from typing import Any

from cohorts.models import Enrolment
from decisions.models import Assembly, Poll, Proposal
from decisions.services import assemblies, minutes, opening, proposals
from decisions.services.minutes_text import text_hash, text_of
from tests.decisions.assembly import CLOSES_AT, SETTINGS, actor_of
from tests.factories import NOW
from tests.personas import People

STARTS_AT = NOW + dt.timedelta(hours=1)
IN_THE_ROOM = NOW + dt.timedelta(hours=1, minutes=10)
AFTER = CLOSES_AT + dt.timedelta(minutes=5)


def proposal_of(people: People, title: str = "Comment partager ?") -> Proposal:
    return proposals.write_proposal(
        cohort=people.a.cohort,
        title=title,
        text="On choisit une règle pour la prochaine paie.",
        effect_code="sharing_rule",
        effect_settings=SETTINGS,
        actor=people.actor("driss"),
        at=NOW,
    )


def convened(people: People, *proposals: Proposal, **changes: Any) -> Assembly:
    asked: dict[str, Any] = {
        "cohort": people.a.cohort,
        "starts_at": STARTS_AT,
        "place": "Maison de quartier",
        "proposals": proposals,
        "points": ["Nouvelles du jardin"],
        "actor": people.actor("driss"),
        "at": NOW,
    }
    return assemblies.convene(**asked | changes)


def opened(
    people: People,
    present: list[Enrolment],
    *proposals: Proposal,
    represented: dict[int, int] | None = None,
) -> Assembly:
    """Convened, the sheet filled, chaired by the first present, written by the second."""
    assembly = convened(people, *proposals)
    assemblies.note_attendance(
        assembly=assembly, present=[one.pk for one in present], represented=represented or {}
    )
    return assemblies.open_assembly(
        assembly=assembly,
        chair_id=present[0].pk,
        secretary_id=present[1].pk,
        actor=people.actor("driss"),
        at=STARTS_AT,
    )


def put_to_vote_in(people: People, proposal: Proposal) -> Poll:
    return opening.open_poll(
        proposal=proposal, closes_at=CLOSES_AT, actor=people.actor("driss"), at=IN_THE_ROOM
    )


def closed(people: People, assembly: Assembly) -> Assembly:
    return assemblies.close_assembly(assembly=assembly, actor=people.actor("driss"), at=AFTER)


def sign(assembly: Assembly, enrolment: Enrolment, read_hash: str = "") -> Any:
    fresh = Assembly.objects.get(pk=assembly.pk)
    return minutes.sign_minutes(
        assembly=fresh,
        read_hash=read_hash or text_hash(text_of(fresh)),
        actor=actor_of(enrolment),
        at=AFTER,
    )
