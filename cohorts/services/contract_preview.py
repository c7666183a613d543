"""A contract as it would be printed today, marked as a preview: no row, no code."""

import datetime as dt

from django.utils.translation import gettext as _

from cohorts.models import Contract
from cohorts.papers.contracts import KINDS, paper_of
from ct_platform.kit.clock import civil_day
from ct_platform.kit.errors import Refused
from documents.services.render import render_transient


def preview_contract(*, contract: Contract, at: dt.datetime) -> bytes:
    """Draw a CAPE as it stands, complete or not. Raises Refused for a contract drawn elsewhere."""
    if not contract.nature.is_drawn_here:
        raise Refused(_("Ce contrat se fait avec vos propres outils : il n’a pas d’aperçu ici."))
    day = civil_day(at)
    paper = paper_of(contract, day=day, effect_key="")
    kind = next(one for one in KINDS if one.code == paper.kind)
    page = {
        **kind.context(paper.snapshot),
        "paper": {"title": paper.title, "issuer": paper.issuer_name, "issued_on": day.isoformat()},
        "is_draft": True,
    }
    return render_transient(kind.template, page)
