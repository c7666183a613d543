"""The decisions of a person's path: the proposals they carried, and what the group answered. Never a vote."""

from typing import Any

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts import path
from cohorts.models import Enrolment
from cohorts.path import Chapter, Item, Part, Reading, Stage, facts_of
from ct_platform.kit.actor import Actor
from decisions.models import Outcome, Proposal


def _carried(enrolment: Enrolment, actor: Actor) -> Any:
    """`amount`: the number of the decision that adopted it, 0 while none did."""
    adopted = Outcome.objects.adopted().filter(poll__proposal=OuterRef("pk"))
    number = Subquery(adopted.order_by("number").values("number")[:1])
    rows = Proposal.objects.alive().filter(owner=enrolment)
    return facts_of(rows, key="title", first="created_at", amount=Coalesce(number, 0))


def _decisions(reading: Reading) -> Chapter | None:
    if not reading.facts:
        return None
    items = tuple(
        Item(
            _("%(title)s (décision n° %(number)s)") % {"title": one.key, "number": one.amount}
            if one.amount
            else one.key,
            one.first_on,
        )
        for one in reading.facts
    )
    text = ngettext(
        "%(n)s proposition portée devant le groupe.",
        "%(n)s propositions portées devant le groupe.",
        len(items),
    )
    url = (
        reverse("decisions:register")
        if reading.own
        else reverse("decisions:of_cohort", args=[reading.enrolment.cohort_id])
    )
    return Chapter(
        text % {"n": len(items)}, "urne", "done", reading.facts[0].first_on,
        items=items, url=url, action=_("Voir les décisions"),
    )  # fmt: skip


def register() -> None:
    path.register(Part("decisions", Stage.DECISIONS, _decisions, _carried))
