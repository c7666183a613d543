from decisions.models.assembly import (
    AgendaItem,
    Assembly,
    AssemblyAttendance,
    MinutesSignature,
    RoomCount,
)
from decisions.models.ballot import Ballot, BallotChange, KeyHolder, UrnBallot
from decisions.models.notice import Reminder, VoteNotice
from decisions.models.outcome import Outcome
from decisions.models.poll import Elector, Poll, PollOption
from decisions.models.proposal import Contribution, Proposal, ProposalVersion
from decisions.models.proxy import Proxy
from decisions.models.statutes import Statutes

__all__ = [
    "AgendaItem",
    "Assembly",
    "AssemblyAttendance",
    "Ballot",
    "BallotChange",
    "Contribution",
    "Elector",
    "KeyHolder",
    "MinutesSignature",
    "Outcome",
    "Poll",
    "PollOption",
    "Proposal",
    "ProposalVersion",
    "Proxy",
    "Reminder",
    "RoomCount",
    "Statutes",
    "UrnBallot",
    "VoteNotice",
]
