"""From two figures to the takings of the day, from the takings to sales; and back, by a counter count."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.services.closing import refuse_archived
from ct_platform.kit import clock
from ct_platform.kit.actor import Actor
from ct_platform.kit.db import refusing
from ct_platform.kit.errors import Refused
from ct_platform.kit.money import ZERO, cents, euros, to_cents
from projects.enums import VatCategory, VatRegime, WayOfSale
from projects.models import CashAgreement, CashCount, CashTotal, Sale
from projects.rules import NoRate, amount_before_vat, vat_percent
from projects.selectors.selling import rates_decided, terms_on
from projects.services.cash.counting import agree, hold, refuse_agreed, standing

LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class Part:
    """Of the takings, `amount` euros VAT included came from `category` sold in this `way`."""

    category: str
    way: str
    amount: Decimal


@transaction.atomic
def decide(
    *,
    count: CashCount,
    cash: Decimal,
    card: Decimal,
    cheque: Decimal,
    reason: str,
    actor: Actor,
    at: dt.datetime,
) -> CashAgreement:
    """The coordination writes what was in the box (euros, float included), where two figures differed.

    Both stay. Asked again once agreed, it is quiet. Raises Refused: nothing differs, no reason.
    """
    held = hold(count)
    found: CashAgreement | None = CashAgreement.objects.filter(count=held).first()
    if found is not None:
        return found
    refuse_archived(held.project.cohort)
    refuse_agreed(held)
    now = standing(held)
    if not now.differed:
        raise Refused(_("Deux personnes comptent d’abord. On ne tranche que deux chiffres."))
    said = _reason(reason)
    for name, amount in (("cash", cash), ("card", card), ("cheque", cheque)):
        if amount < 0 or amount != cents(amount):
            raise Refused(_("Ce montant est zéro ou plus."), field=name)
    if cash < held.float_amount:
        raise Refused(_("Il y a moins dans la caisse que le fond du départ."), field="cash")
    figures = (to_cents(cash), to_cents(card), to_cents(cheque))
    return agree(held, figures, reason=said, actor=actor, at=at)


@transaction.atomic
def split_takings(
    *, count: CashCount, parts: Sequence[Part], actor: Actor, at: dt.datetime
) -> list[CashTotal]:
    """Say what was sold and how: each part becomes one sale, excl. VAT, paid on the day of the market.

    The rate is the host's for that thing sold that way, on that day. Done twice, it is quiet. Raises
    Refused unless the parts are above zero, each once, and make exactly the takings.
    """
    held = hold(count)
    agreement: CashAgreement | None = CashAgreement.objects.filter(count=held).first()
    if agreement is None:
        raise Refused(_("Deux personnes comptent d’abord la caisse."))
    done = list(agreement.totals.all())
    if done:
        return done
    refuse_archived(held.project.cohort)
    _refuse_parts(parts, agreement.total)
    decided, host_id = rates_decided(held.project.cohort.host_id), held.project.cohort.host_id
    terms = terms_on(host_id, held.day)
    exempt = terms is not None and terms.vat_regime == VatRegime.FRANCHISE
    made = []
    for part in parts:
        try:
            rate = ZERO if exempt else vat_percent(
                category=part.category, way=part.way, day=held.day, decided=decided
            )  # fmt: skip
        except NoRate as error:
            raise Refused(
                _("Cela ne se vend pas de cette façon : changez l’un ou l’autre.")
            ) from error
        net = amount_before_vat(part.amount, Decimal(1), rate)
        made.append(_write(agreement, part, rate, net, held.day, actor, at))
    return made


def _refuse_parts(parts: Sequence[Part], takings: Decimal) -> None:
    kinds = [(one.category, one.way) for one in parts]
    if len(set(kinds)) != len(kinds):
        raise Refused(_("La même ligne est là deux fois : additionnez-les."))
    if any(one.amount <= 0 or one.amount != cents(one.amount) for one in parts):
        raise Refused(_("Chaque montant est plus grand que zéro."))
    total = sum((one.amount for one in parts), ZERO)
    if total != takings:
        words = {"total": euros(total), "takings": euros(takings)}
        raise Refused(
            _("Les lignes font %(total)s. La recette du jour est de %(takings)s.") % words
        )


def _write(
    agreement: CashAgreement, part: Part, rate: Decimal, net: Decimal, paid_on: dt.date, actor: Actor,
    at: dt.datetime,
) -> CashTotal:  # fmt: skip
    count = agreement.count
    with refusing(CashTotal):
        total: CashTotal = CashTotal.objects.create(
            agreement=agreement, category=part.category, way=part.way, gross_amount=part.amount,
            vat_percent=rate, net_amount=net, written_by_id=actor.person_id, at=at,
        )  # fmt: skip
    Sale.objects.create(
        project=count.project, cash_total=total, label=_label(count, part), amount=net, vat_rate=rate,
        sold_on=count.day, moved_on=paid_on, recorded_by_id=actor.person_id,
    )  # fmt: skip
    return total


def _label(count: CashCount, part: Part) -> str:
    """ "Caisse du 14 novembre, grand étal : aliments, boissons sans alcool, vendu tel quel"."""
    words = {
        "day": clock.format_day(count.day, year=False),
        "stall": f", {count.label}" if count.label else "",
        "what": VatCategory(part.category).label,
        "way": WayOfSale(part.way).label,
    }
    said = _("Caisse du %(day)s%(stall)s : %(what)s, %(way)s") % words
    if count.is_counter:
        said = _("Contre-comptage. %s") % said
    return said[:140]


@transaction.atomic
def counter_count(
    *, count: CashCount, reason: str, client_uuid: uuid.UUID, actor: Actor, at: dt.datetime
) -> CashCount:
    """Take an agreed count back: the same figures below zero, today, and the day may be counted again.

    Doing it twice is quiet. What a pay run shared is taken off by the next. Raises Refused: not agreed
    yet, a counter count itself, no reason.
    """
    held = hold(count)
    found: CashCount | None = CashCount.objects.filter(counters=held).first()
    if found is not None:
        return found
    refuse_archived(held.project.cohort)
    agreement: CashAgreement | None = CashAgreement.objects.filter(count=held).first()
    if agreement is None or held.is_counter:
        raise Refused(_("Il n’y a pas de comptage à corriger ici."))
    said = _reason(reason)
    last = CashCount.objects.filter(project=held.project, day=held.day, label=held.label)
    with refusing(CashCount):
        counter: CashCount = CashCount.objects.create(
            project=held.project, day=held.day, label=held.label,
            attempt=last.order_by("-attempt").values_list("attempt", flat=True)[0] + 1,
            opened_by_id=actor.person_id, at=at, counters=held, reason=said,
            client_uuid=client_uuid,
        )  # fmt: skip
    back = CashAgreement.objects.create(
        count=counter,
        cash_amount=-agreement.cash_amount,
        card_amount=-agreement.card_amount,
        cheque_amount=-agreement.cheque_amount,
        agreed_by_id=actor.person_id,
        reason=said,
        at=at,
    )
    for one in agreement.totals.all():
        part = Part(one.category, one.way, -one.gross_amount)
        _write(back, part, one.vat_percent, -one.net_amount, clock.civil_day(at), actor, at)
    return counter


def _reason(reason: str) -> str:
    said = " ".join(reason.split())
    if not said:
        raise Refused(_("Dites pourquoi : on le relira."), field="reason")
    if len(said) > LONGEST_REASON:
        raise Refused(_("La raison tient en 200 signes."), field="reason")
    return said
