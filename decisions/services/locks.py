"""The one lock of a vote."""

from decisions.models import Poll


def lock_poll(poll: Poll) -> Poll:
    """The poll's fresh row, locked until the end of the transaction: casts and closing queue here."""
    locked: Poll = Poll.objects.select_for_update().get(pk=poll.pk)
    return locked
