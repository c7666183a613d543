"""The A3 poster of an operation: the emblem and what the money does, where people come.

Not a document of the house: nothing is attested, it is drawn again whenever it is asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import slugify

from cohorts.models import Cohort
from ct_platform.kit.trades import TRADES
from documents.services.render import render_transient
from reports.models import Operation

TEMPLATE = "pdf/operation_poster.html"


@dataclass(frozen=True, slots=True)
class Poster:
    filename: str
    content: bytes


def poster_of(operation: Operation, cohorts: Sequence[Cohort]) -> Poster:
    context = {
        "operation": operation,
        "cohorts": [one.name for one in cohorts],
        "weave": [trade.css for trade in TRADES.values()],
    }
    content = render_transient(TEMPLATE, context)
    return Poster(f"affiche-{slugify(operation.number)}.pdf", content)
