"""The text of the minutes of an assembly, as data: all that the paper prints, and nothing it may not."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from cohorts.models import Cohort
from ct_platform.kit.trades import TRADES
from decisions.enums import (
    Base,
    Channel,
    Method,
    OutcomeKind,
    Secrecy,
)
from decisions.models import AgendaItem, Assembly, Ballot, Elector, Outcome, Poll
from decisions.selectors.lots import lot_nonce
from decisions.selectors.register import closed_by
from decisions.selectors.running import said_before
from decisions.services.minutes_figures import told_in_minutes
from documents.engine.render import canonical_json
from projects.models import Project

Text = dict[str, Any]


def text_of(assembly: Assembly) -> Text:
    """The kept photograph once somebody signed, else the text as it stands. Some ten queries, seven a vote."""
    kept: Text | None = assembly.minutes_text
    return kept if kept is not None else _write(assembly)


def text_hash(text: Mapping[str, Any]) -> str:
    """SHA-256 (hex) of the canonical JSON: what chair and secretary sign."""
    return hashlib.sha256(canonical_json(text).encode()).hexdigest()


def _write(assembly: Assembly) -> Text:
    cohort = Cohort.objects.select_related("host", "territory").get(pk=assembly.cohort_id)
    host = cohort.host
    codes = Project.objects.of_cohort(cohort.pk).order_by("pk").values_list("trade", flat=True)
    points = assembly.agenda.select_related(
        "proposal__owner__person",
        "poll__version",
        "poll__proposal",
        "left_open__version",
        "left_open__proposal",
    )
    return {
        "cohort": cohort.name,
        "host": {
            "name": host.name,
            "lines": [f"{host.address}, {host.postcode} {host.city}".strip(", ")],
        },
        "weave": [TRADES[code].css for code in dict.fromkeys(codes) if code in TRADES],
        "eu": cohort.eu_funded,
        "place": assembly.place,
        "starts_at": _moment(assembly.starts_at),
        "opened_at": _moment(assembly.opened_at),
        "closed_at": _moment(assembly.closed_at),
        "convened_by": assembly.convened_by.civil_name,
        "convened_at": _moment(assembly.convened_at),
        "chair": _civil(assembly.chair),
        "secretary": _civil(assembly.secretary),
        "attendance": _attendance(assembly),
        "observers": assembly.observers,
        "papers_shown": assembly.papers_shown,
        "incidents": assembly.incidents,
        "agenda": [_point(point) for point in points],
    }


def _attendance(assembly: Assembly) -> list[Text]:
    rows = assembly.attendances.select_related(
        "enrolment__person", "represented_by__person"
    ).order_by("enrolment__person__last_name", "enrolment__person__first_name", "pk")
    return [
        {
            "name": one.enrolment.person.civil_name,
            "presence": one.presence,
            "by": _civil(one.represented_by),
        }
        for one in rows
    ]


def _point(point: AgendaItem) -> Text:
    written: Text = {"title": point.title, "debate": point.debate, "resolution": None}
    owner = _civil(point.proposal.owner) if point.proposal is not None else ""
    if point.left_open is not None:
        written["resolution"] = _left_open(point.left_open, owner)
    elif point.poll is not None:
        written["resolution"] = _resolution(point.poll, owner)
    return written


def _asked(poll: Poll, owner: str) -> Text:
    """What was put to the vote: frozen at its opening."""
    return {
        "text": poll.text,
        "proposed": list(said_before(poll)),
        "options": [[one.label, one.help_text] for one in poll.options.all()],
        "version": poll.version.number,
        "round": poll.round,
        "method": _method(poll),
        "secrecy": str(Secrecy(poll.secrecy).label),
        "opened_at": _moment(poll.opened_at),
        "roll_hash": poll.roll_hash,
        "owner": owner,
    }


def _left_open(poll: Poll, owner: str) -> Text:
    """A vote that goes on without the assembly: until when, never what became of it since."""
    return _asked(poll, owner) | {
        "left_open": _moment(poll.closes_at),
        "closed_at": "",
        "in_the_room": _in_the_room(poll),
    }


def _resolution(poll: Poll, owner: str) -> Text:
    """One vote. What a secret result may not show was never written in its tally."""
    written = _asked(poll, owner) | {
        "state": poll.state,
        "closed_at": _moment(poll.closed_at),
        "early": poll.early_closing_reason,
        "early_by": closed_by(poll) if poll.early_closing_reason else "",
        "cancelled": poll.cancel_reason,
        "board_hash": _board_hash(poll),
    }
    outcome = Outcome.objects.select_related("winner").filter(poll=poll).first()
    return written if outcome is None else written | _counted(poll, outcome)


def _counted(poll: Poll, outcome: Outcome) -> Text:
    tally = outcome.tally
    told = told_in_minutes(poll, outcome)
    return {
        "number": outcome.number,
        "roll": tally["roll"],
        "present": tally["present"],
        "required": tally["quorum"]["required"],
        "reached": tally["quorum"]["reached"],
        "said": told.said,
        "figures": told.figures,
        "ranking": told.ranking,
        "table": told.table,
        "ballots": [tally.get("cast", 0), tally.get("blank", 0)],
        "kept_back": "detail" not in tally,
        "in_the_room": _in_the_room(poll),
        "objections": _objections(poll),
        "outcome": str(OutcomeKind(outcome.kind).label),
        "answer": outcome.answer,
        "effect": outcome.effect_sentence,
        "in_force_from": _day(outcome.in_force_from),
        "review_on": _day(outcome.review_on),
        "lot_nonce": lot_nonce(poll) if poll.lot_nonce else "",
        "code_version": outcome.code_version,
    }


def _in_the_room(poll: Poll) -> int:
    return Elector.objects.filter(poll=poll, channel=Channel.ROOM, used=True).count()


def _method(poll: Poll) -> str:
    """ "pour ou contre, deux tiers des voix exprimées", in a few words."""
    words = str(Method(poll.method).label)
    if poll.method != Method.MAJORITY:
        return words
    kind = {
        "simple": _("majorité simple"),
        "absolute": _("majorité absolue"),
        "qualified": _("%(share)s") % {"share": poll.rule.get("fraction", "")},
    }[poll.rule["majority"]]
    return f"{words}, {kind} {Base(poll.rule['base']).label}"


def _objections(poll: Poll) -> list[list[str]]:
    """What objections said and what became of them, without the names of those who made them."""
    if poll.method != Method.CONSENT:
        return []
    became = {
        "open": _("elle reste"),
        "withdrawn": _("retirée par son auteur"),
        "integrated": _("prise en compte"),
    }
    contents = Ballot.objects.filter(elector__poll=poll).order_by("pk")
    return [
        [content.get("text", ""), str(became[content.get("state", "open")])]
        for content in contents.values_list("content", flat=True)
        if content.get("voice") == "objection"
    ]


def _board_hash(poll: Poll) -> str:
    if not poll.board:
        return ""
    return hashlib.sha256("\n".join(poll.board).encode("ascii")).hexdigest()


def _moment(at: dt.datetime | None) -> str:
    return at.isoformat() if at else ""


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def _civil(enrolment: Any) -> str:
    return enrolment.person.civil_name if enrolment else ""
