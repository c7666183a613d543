"""The votes of an assembly: a poll opened while it sits, on a proposal of its agenda, is one of its own."""

from django.db.models import Max
from django.utils.translation import gettext as _

from decisions.enums import AssemblyState, PollState
from decisions.models import AgendaItem, Assembly, Poll


def take_up(poll: Poll) -> None:
    """Tie a poll that opens to the point of the open assembly it answers; a next round gets its own."""
    points = AgendaItem.objects.filter(
        assembly__state=AssemblyState.OPEN, proposal_id=poll.proposal_id
    )
    if points.filter(poll__isnull=True, left_open__isnull=True).update(poll=poll):
        return
    last: AgendaItem | None = (
        points.select_related("assembly", "proposal").order_by("-position").first()
    )
    if last is not None and last.proposal is not None and last.poll_id != poll.pk:
        title = _("%(title)s, tour %(n)s") % {"title": poll.proposal.title[:120], "n": poll.round}
        AgendaItem.objects.create(
            assembly=last.assembly,
            position=next_position(last.assembly),
            title=title,
            proposal=last.proposal,
            poll=poll,
        )


def take_up_open_polls(assembly: Assembly) -> None:
    """Votes under way on the proposals of an assembly that opens: room and phones make one count."""
    points = assembly.agenda.filter(proposal__isnull=False, poll__isnull=True)
    for point in points.select_related("proposal"):
        under_way = Poll.objects.filter(proposal=point.proposal, state=PollState.OPEN)
        point.poll = under_way.order_by("-round").first()
        point.save(update_fields=["poll"])


def next_position(assembly: Assembly) -> int:
    last: int | None = assembly.agenda.aggregate(last=Max("position"))["last"]
    return (last or 0) + 1
