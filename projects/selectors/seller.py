"""The host's own pages of selling: its conditions, and the table of VAT."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import format_day
from ct_platform.kit.money import plain
from projects.enums import CustomerKind, VatCategory, WayOfSale
from projects.models import SellerTerms, VatDecision
from projects.papers.commercial import payment_mentions, tax_mentions
from projects.rules import legal_interest_on, lowest_late_rate
from projects.rules.vat import LAW


@dataclass(frozen=True, slots=True)
class Foot:
    """What the foot of an invoice says to one kind of customer."""

    kind: CustomerKind
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TermsPage:
    current: SellerTerms | None
    coming: tuple[SellerTerms, ...]
    earlier: tuple[SellerTerms, ...]
    warnings: tuple[str, ...]
    feet: tuple[Foot, ...]


def terms_page(actor: Actor, today: dt.date) -> TermsPage:
    """Every version of the actor's host. One query."""
    rows = SellerTerms.objects.visible_to(actor).select_related("host", "written_by")
    versions = list(rows.order_by("-in_force_from"))
    begun = [one for one in versions if one.in_force_from <= today]
    current = begun[0] if begun else None
    return TermsPage(
        current=current,
        coming=tuple(one for one in versions if one.in_force_from > today),
        earlier=tuple(begun[1:]),
        warnings=tuple(warnings_of(current, today)) if current else (),
        feet=feet_of(current) if current else (),
    )


def feet_of(terms: SellerTerms) -> tuple[Foot, ...]:
    """No query."""
    return tuple(
        Foot(kind, (*tax_mentions(terms), *payment_mentions(terms, kind))) for kind in CustomerKind
    )


def warnings_of(terms: SellerTerms, today: dt.date) -> list[str]:
    """What stands, and deserves a look: said, never in the way."""
    said = []
    rate, lowest = Decimal(str(terms.late_rate)), lowest_late_rate(today)
    if rate and rate < lowest:
        since = legal_interest_on(today).in_force_from
        said.append(
            _(
                "Pénalités de retard à %(rate)s %% : la loi demande au moins trois fois l’intérêt légal, "
                "soit %(lowest)s %% (dernier taux connu ici, du %(day)s)."
            )
            % {"rate": plain(rate), "lowest": plain(lowest), "day": format_day(since)}
        )
    if not terms.iban:
        said.append(_("Sans IBAN, vos clients ne savent pas où envoyer un virement."))
    if not terms.series:
        said.append(
            _(
                "Sans série déléguée, la plateforme prépare des demandes de facturation : vous facturez "
                "dans votre logiciel, et son numéro est noté ici."
            )
        )
    if not terms.host.siret or not terms.host.address:
        said.append(
            _("Le SIRET ou l’adresse de votre structure manque : la plateforme les complète.")
        )
    return said


@dataclass(frozen=True, slots=True)
class RateLine:
    """One category sold one way: the rate of the day, and where it comes from."""

    category: VatCategory
    way: WayOfSale
    percent: Decimal
    law: Decimal
    decision: VatDecision | None
    coming: tuple[VatDecision, ...]
    earlier: tuple[VatDecision, ...]

    @property
    def code(self) -> str:
        return f"{self.category}:{self.way}"


def vat_table(host_id: int, today: dt.date) -> list[RateLine]:
    """The table of a host on a day, in the order of the law's. One query."""
    rows = VatDecision.objects.of_host(host_id).select_related("written_by")
    decided: dict[tuple[str, str], list[VatDecision]] = {}
    for one in rows.order_by("-in_force_from"):
        decided.setdefault((one.category, one.way), []).append(one)
    lines = []
    for row in LAW:
        mine = decided.get((row.category, row.way), [])
        begun = [one for one in mine if one.in_force_from <= today]
        lines.append(
            RateLine(
                category=VatCategory(row.category),
                way=WayOfSale(row.way),
                percent=begun[0].percent if begun else row.percent,
                law=row.percent,
                decision=begun[0] if begun else None,
                coming=tuple(one for one in mine if one.in_force_from > today),
                earlier=tuple(begun[1:]),
            )
        )
    return lines
