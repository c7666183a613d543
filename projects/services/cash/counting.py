"""Two people count the same box, each without the figures of the other."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.services.closing import refuse_archived
from ct_platform.kit import clock
from ct_platform.kit.actor import Actor
from ct_platform.kit.db import refusing
from ct_platform.kit.errors import Refused
from ct_platform.kit.money import cents, from_cents, to_cents
from projects.models import CashAgreement, CashCount, CashTally, Project
from projects.rules import cash
from projects.rules.cash import CountStanding, CountStep, standing_of, total_of

LONGEST_LABEL = 60


@dataclass(frozen=True, slots=True)
class Counted:
    """What one person typed: how many of each note and coin (value in cents), then the other means.

    Euros, VAT included.
    """

    pieces: Mapping[int, int]
    card: Decimal
    cheque: Decimal


@transaction.atomic
def open_count(
    *,
    project: Project,
    day: dt.date,
    label: str,
    float_amount: Decimal,
    client_uuid: uuid.UUID,
    actor: Actor,
    at: dt.datetime,
) -> CashCount:
    """Begin the count of one stall's box; `float_amount`: euros in it before the first sale.

    A day and a stall are counted once: asked again while it is open, the same count comes back, with
    the float first typed. Raises Refused once it is agreed, for a date in the future or out of the
    cohort, a negative float, an archived cohort.
    """
    held: Project = (
        Project.objects.select_for_update(of=("self",), no_key=True)
        .select_related("cohort")
        .get(pk=project.pk)
    )
    refuse_archived(held.cohort)
    name = " ".join(label.split())
    if len(name) > LONGEST_LABEL:
        raise Refused(_("Le nom de l’étal tient en 60 signes."), field="label")
    if day > clock.civil_day(at):
        raise Refused(_("Ce jour n’est pas encore là."), field="day")
    if not held.cohort.starts_on <= day <= held.cohort.ends_on:
        raise Refused(_("Ce jour n’est pas dans la vie de la coopérative."), field="day")
    if float_amount < 0 or float_amount != cents(float_amount):
        raise Refused(_("Le fond de caisse est zéro ou plus."), field="float_amount")
    same = CashCount.objects.filter(project=held, day=day, label__iexact=name)
    last: CashCount | None = same.order_by("-attempt").first()
    if last is not None and not last.is_counter:
        if not hasattr(last, "agreement"):
            return last
        raise Refused(
            _("La caisse de ce jour est déjà comptée. Un deuxième étal ? Donnez-lui un nom."),
            field="label",
        )
    with refusing(CashCount):
        count: CashCount = CashCount.objects.create(
            project=held, day=day, label=name, float_amount=float_amount,
            attempt=last.attempt + 1 if last else 1,
            opened_by_id=actor.person_id, at=at, client_uuid=client_uuid,
        )  # fmt: skip
    return count


@transaction.atomic
def tally(
    *, count: CashCount, counted: Counted, client_uuid: uuid.UUID, actor: Actor, at: dt.datetime
) -> CashTally:
    """Write what one person counted. Two equal figures make the takings of the day; two others, both
    stay and both count again.

    The same `client_uuid` twice is quiet. Raises Refused: the count is agreed, the same person twice
    in a round, less in the box than its float, figures that are none.
    """
    held = hold(count)
    found: CashTally | None = CashTally.objects.filter(client_uuid=client_uuid, count=held).first()
    if found is not None:
        return found
    refuse_archived(held.project.cohort)
    refuse_agreed(held)
    now = standing(held)
    if actor.person_id in now.counted_by:
        raise Refused(_("Une autre personne compte à son tour : deux fois la même ne prouve rien."))
    box = _in_the_box(counted, held)
    with refusing(CashTally):
        made: CashTally = CashTally.objects.create(
            count=held,
            round=now.round,
            position=len(now.counted_by) + 1,
            counted_by_id=actor.person_id,
            pieces={str(value): number for value, number in counted.pieces.items() if number},
            cash_amount=box,
            card_amount=counted.card,
            cheque_amount=counted.cheque,
            at=at,
            client_uuid=client_uuid,
        )
    after = standing(held)
    if after.step == CountStep.AGREED and after.figures is not None:
        agree(held, after.figures, reason="", actor=actor, at=at)
    return made


def _in_the_box(counted: Counted, count: CashCount) -> Decimal:
    for name, amount in (("card", counted.card), ("cheque", counted.cheque)):
        if amount < 0 or amount != cents(amount):
            raise Refused(_("Ce montant est zéro ou plus."), field=name)
    try:
        box = from_cents(total_of(counted.pieces))
    except ValueError as error:
        raise Refused(_("Écrivez combien de billets et de pièces, en chiffres.")) from error
    if box < count.float_amount:
        raise Refused(
            _("Il y a moins dans la caisse que le fond du départ. Recomptez avec le fond.")
        )
    return box


def hold(count: CashCount) -> CashCount:
    """Lock the count: of two people who finish together, the second sees the first."""
    rows = CashCount.objects.select_for_update(of=("self",))
    held: CashCount = rows.select_related("project__cohort__host").get(pk=count.pk)
    return held


def refuse_agreed(count: CashCount) -> None:
    if count.is_counter or CashAgreement.objects.filter(count=count).exists():
        raise Refused(_("Cette caisse est comptée. Une erreur se corrige par un contre-comptage."))


def standing(count: CashCount) -> CountStanding:
    """Where the count stands. One query."""
    return standing_of(
        cash.Counted(
            one.round,
            one.counted_by_id,
            (to_cents(one.cash_amount), to_cents(one.card_amount), to_cents(one.cheque_amount)),
        )
        for one in CashTally.objects.filter(count=count)
    )


def agree(
    count: CashCount, figures: cash.Figures, *, reason: str, actor: Actor, at: dt.datetime
) -> CashAgreement:
    """The takings: what is in the box less its float, cards, cheques."""
    box, card, cheque = (from_cents(one) for one in figures)
    with refusing(CashAgreement):
        made: CashAgreement = CashAgreement.objects.create(
            count=count,
            cash_amount=box - count.float_amount,
            card_amount=card,
            cheque_amount=cheque,
            agreed_by_id=actor.person_id,
            reason=reason,
            at=at,
        )
    return made
