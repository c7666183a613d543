"""Who may cast a ballot now, and which ballots are of a poll: the same for open and secret votes."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from ct_platform.kit.clock import civil_day, format_day
from ct_platform.kit.errors import Refused
from decisions.enums import Channel, PollState
from decisions.models import Elector, Poll
from decisions.rules import tally


def require_open(poll: Poll, at: dt.datetime) -> None:
    """Raises Refused unless votes are taken at `at`: the clock decides, whatever the state says."""
    if poll.state == PollState.CANCELLED:
        raise Refused(_("Ce vote a été annulé."))
    if poll.state in (PollState.DRAFT, PollState.ANNOUNCED):
        raise Refused(_("Ce vote n’est pas encore ouvert."))
    if poll.state != PollState.OPEN or at >= poll.closes_at:
        raise Refused(
            _("Le vote est fini depuis le %(day)s. Ton choix n’est pas changé.")
            % {"day": format_day(civil_day(poll.closes_at), weekday=True, year=False)}
        )


def elector_for(poll: Poll, enrolment_id: int, represented_id: int | None) -> Elector:
    """The line of the roll whose ballot this person may cast now. Raises Refused."""
    roll = Elector.objects.filter(poll=poll)
    if represented_id is None or represented_id == enrolment_id:
        elector = roll.filter(enrolment_id=enrolment_id).first()
        if elector is None:
            raise Refused(not_on_roll(poll))
        if elector.proxy_holder_id is not None and not elector.used:
            raise Refused(_("Tu as donné ta voix à quelqu’un. Reprends-la pour voter toi-même."))
    else:
        elector = roll.filter(enrolment_id=represented_id, proxy_holder_id=enrolment_id).first()
        if elector is None:
            raise Refused(_("Tu ne portes pas la voix de cette personne dans ce vote."))
    if elector.channel in (Channel.ROOM, Channel.PAPER):
        raise Refused(_("Cette voix a déjà été comptée dans la salle."))
    return elector


def checked_ballot(poll: Poll, ballot: Mapping[str, Any]) -> dict[str, Any]:
    """The ballot in its canonical form. Raises Refused when it is not one of this poll."""
    try:
        return tally.check_ballot(
            method=poll.method,
            options=[option.code for option in poll.options.all()],
            rule=poll.rule,
            ballot=ballot,
        )
    except tally.BadBallots as refusal:
        raise Refused(
            _("Cette réponse n’est pas proposée dans ce vote."), field="choice"
        ) from refusal


def not_on_roll(poll: Poll) -> str:
    """Why somebody of the cohort cannot vote here: the roll is older than them, or they had left."""
    day = format_day(civil_day(poll.opened_at), year=False) if poll.opened_at else ""
    return _(
        "La liste de ce vote a été fixée le %(day)s, à l’ouverture. "
        "Ton nom n’y est pas : tu ne votes pas cette fois."
    ) % {"day": day}
