"""The pay of a person's path: what each issued run gave them. Their own, or their coordinator's to see."""

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts import path
from cohorts.path import Chapter, Item, Part, Reading, Stage
from ct_platform.kit.clock import Month, civil_day
from ct_platform.kit.money import ZERO, euros
from payroll.models import Correction, Share


def _pay(reading: Reading) -> Chapter | None:
    """Two queries: the shares the reader may see, and their corrections."""
    shares = list(
        Share.objects.visible_to(reading.actor)
        .issued()
        .filter(enrolment=reading.enrolment)
        .select_related("run__settings")
        .prefetch_related(Prefetch("corrections", Correction.objects.order_by("pk")))
        .order_by("run__month", "pk")
    )
    if not shares:
        return Chapter(_("Pas encore de paie."), "paie", "later")
    total, items = ZERO, []
    for share in shares:
        # What the host's own software pays is known to the host: here, the part of the pot.
        net = share.standing.net_paid if share.run.makes_slips else None
        amount = share.amount if net is None else net
        words = _("net payé") if net is not None else _("part du pot")
        total += amount
        issued_at = share.run.issued_at
        items.append(
            Item(
                f"{str(Month(share.run.month)).capitalize()}\N{NO-BREAK SPACE}: "
                f"{euros(amount)}, {words}",
                civil_day(issued_at) if issued_at else share.run.month,
            )
        )
    text = ngettext("%(n)s paie, %(total)s.", "%(n)s paies, %(total)s en tout.", len(items))
    url = (
        reverse("payroll:my_pay")
        if reading.own
        else reverse("payroll:runs", args=[reading.enrolment.cohort_id])
    )
    return Chapter(
        text % {"n": len(items), "total": euros(total)}, "paie", "done", items[0].on, items[-1].on,
        tuple(items), url, _("Voir la paie"),
    )  # fmt: skip


def register() -> None:
    path.register(Part("pay", Stage.PAY, _pay))
