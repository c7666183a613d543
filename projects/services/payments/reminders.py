"""Reminding a customer: pressed by somebody, written once, sent outside the act, never for what is paid."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from ct_platform.kit import clock
from ct_platform.kit.actor import Actor
from ct_platform.kit.db import refusing
from ct_platform.kit.delivery import deliver, send_keys
from ct_platform.kit.errors import Refused
from projects.enums import ReminderWay
from projects.models import Invoice, Reminder, ReminderMail
from projects.rules.overdue import may_remind_from, next_level
from projects.selectors.payments import credit_left
from projects.services.archived import refuse_closed
from projects.services.payments import reminder_words
from projects.services.payments._judgement import hold, left_of, refuse_not_issued

TASK = "projects.tasks.send_reminders"


@transaction.atomic
def remind(
    *, invoice: Invoice, way: str, seen_number: int, actor: Actor, at: dt.datetime
) -> Reminder:
    """Write the next reminder, friendly, then firm, then formal; its mail leaves once it holds.

    `seen_number`: the rank of the reminder the person pressed; pressed twice, it is written once.
    Raises Refused: nothing late, paid, a credit note that waits, less than seven days since the last,
    no address for a mail.
    """
    [held] = hold(invoice.pk)
    before: list[Reminder] = list(held.reminders.order_by("number"))
    if any(one.number == seen_number for one in before):
        return next(one for one in before if one.number == seen_number)
    refuse_closed(held.cohort, actor)
    refuse_what_is_not_late(held, at)
    last = before[-1] if before else None
    free_on = may_remind_from(clock.civil_day(last.at) if last else None)
    if free_on is not None and clock.civil_day(at) < free_on:
        raise Refused(
            _("Une relance est déjà partie. La suivante peut partir le %s.")
            % clock.format_day(free_on)
        )
    if way not in ReminderWay.values:
        raise Refused(_("Dites comment la relance part."), field="way")
    if way == ReminderWay.MAIL and not held.customer.email:
        raise Refused(
            _("Ce client n’a pas d’adresse électronique : imprimez la lettre."), field="way"
        )
    with refusing(Reminder):
        made: Reminder = Reminder.objects.create(
            invoice=held,
            number=last.number + 1 if last else 1,
            level=next_level(last.level if last else None),
            way=way,
            left_amount=left_of(held),
            written_by_id=actor.person_id,
            at=at,
        )
    if way == ReminderWay.MAIL:
        mail = ReminderMail.objects.create(reminder=made, sent_at=at)
        transaction.on_commit(lambda: send_keys(TASK, [mail.pk]), robust=True)
    return made


def refuse_what_is_not_late(invoice: Invoice, at: dt.datetime) -> None:
    refuse_not_issued(invoice)
    if invoice.is_credit or left_of(invoice) <= 0:
        raise Refused(_("Cette facture est payée : on ne relance pas."))
    if invoice.due_on is None or invoice.due_on >= clock.civil_day(at):
        raise Refused(_("Cette facture n’est pas en retard."))
    if any(one.corrects_id == invoice.pk for one in credit_left(invoice)):
        raise Refused(_("Un avoir de cette facture attend : compensez-le, puis relancez."))


def tell(*, mail_id: int, at: dt.datetime) -> bool:
    """Send one reminder if something is still left to pay; True when this call did it.

    Judged under the lock of the invoice: a payment noted before is seen. Sent outside it, so that a
    slow mail server holds nobody's payment. A duplicate task is a quiet no-op.
    """
    token = ReminderMail.objects.claim(mail_id, at)
    if token is None:
        return False
    mail = ReminderMail.objects.get(pk=mail_id)
    with transaction.atomic():
        [invoice] = hold(mail.reminder.invoice_id)
        reason = _why_not(invoice)
    if reason:
        ReminderMail.objects.drop(mail_id, token, reason)
        return False
    return deliver(
        mail,
        token,
        lambda: reminder_words.deliver(mail.reminder, at),
        at=at,
        sentence=_("La relance n’est pas partie."),
    )


def _why_not(invoice: Invoice) -> str:
    if left_of(invoice) <= 0:
        return _("La facture a été payée avant l’envoi.")
    return "" if invoice.customer.email else _("Il n’y a plus d’adresse où écrire.")


def sweep(*, at: dt.datetime) -> int:
    """Send again what a broker lost, a dead worker held or a mail server refused; how many."""
    lost = ReminderMail.objects.all().take_lost(
        at, _("La relance n’est pas partie, après trois essais.")
    )
    return send_keys(TASK, lost) if lost else 0
