"""Cash carried to the host: noted by a line, taken back by another."""

import datetime as dt
import uuid
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.models import Cohort
from cohorts.services.closing import refuse_archived
from ct_platform.kit import clock
from ct_platform.kit.actor import Actor
from ct_platform.kit.db import refusing
from ct_platform.kit.errors import Refused
from ct_platform.kit.money import cents, euros
from projects.models import CashHandover
from projects.selectors.cash import cash_box


@transaction.atomic
def hand_over(
    *,
    cohort: Cohort,
    amount: Decimal,
    handed_on: dt.date,
    given_by: str,
    given_to: str,
    note: str,
    client_uuid: uuid.UUID,
    actor: Actor,
    at: dt.datetime,
) -> CashHandover:
    """Note that `amount` euros of cash went to the host. The same `client_uuid` twice is quiet.

    Raises Refused: more than the box holds, a date in the future, nobody named, an archived cohort.
    """
    held: Cohort = Cohort.objects.select_for_update(of=("self",), no_key=True).get(pk=cohort.pk)
    found: CashHandover | None = CashHandover.objects.filter(
        client_uuid=client_uuid, cohort=held
    ).first()
    if found is not None:
        return found
    refuse_archived(held)
    if amount <= 0 or amount != cents(amount):
        raise Refused(_("Le montant est plus grand que zéro."), field="amount")
    if handed_on > clock.civil_day(at):
        raise Refused(_("Cette date est dans le futur."), field="handed_on")
    if handed_on < held.starts_on:
        first = clock.format_day(held.starts_on)
        raise Refused(_("La coopérative a commencé le %s.") % first, field="handed_on")
    for name, said in (("given_by", given_by), ("given_to", given_to)):
        if not said.strip():
            raise Refused(_("Écrivez le nom de la personne."), field=name)
    left = cash_box(held.pk).left
    if amount > left:
        raise Refused(
            _("La caisse contient %(left)s, sans compter les fonds de caisse.")
            % {"left": euros(left)},
            field="amount",
        )
    with refusing(CashHandover):
        made: CashHandover = CashHandover.objects.create(
            cohort=held, amount=amount, handed_on=handed_on, given_by=" ".join(given_by.split()),
            given_to=" ".join(given_to.split()), note=" ".join(note.split()),
            recorded_by_id=actor.person_id, at=at, client_uuid=client_uuid,
        )  # fmt: skip
    return made


@transaction.atomic
def take_back(*, handover: CashHandover, actor: Actor, at: dt.datetime) -> CashHandover:
    """A line that was wrong: one of the opposite amount. Twice is quiet."""
    held: Cohort = Cohort.objects.select_for_update(of=("self",), no_key=True).get(
        pk=handover.cohort_id
    )
    found: CashHandover | None = CashHandover.objects.filter(reverses=handover).first()
    if found is not None:
        return found
    refuse_archived(held)
    if handover.reverses_id is not None:
        raise Refused(_("Cette ligne en annule déjà une autre."))
    made: CashHandover = CashHandover.objects.create(
        cohort=held, amount=-handover.amount, handed_on=clock.civil_day(at),
        given_by=handover.given_by, given_to=handover.given_to, note=_("Ligne annulée"),
        reverses=handover, recorded_by_id=actor.person_id, at=at,
        client_uuid=uuid.uuid5(handover.client_uuid, "reverse"),
    )  # fmt: skip
    return made
