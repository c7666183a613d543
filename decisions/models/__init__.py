from decisions.models.ballot import Ballot, BallotChange
from decisions.models.outcome import Outcome
from decisions.models.poll import Elector, Poll, PollOption
from decisions.models.proposal import Proposal
from decisions.models.statutes import Statutes

__all__ = [
    "Ballot", "BallotChange", "Elector", "Outcome", "Poll", "PollOption", "Proposal", "Statutes",
]  # fmt: skip
