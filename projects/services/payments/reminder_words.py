"""The words of a reminder, on whatever carries it, and the link to what is left to pay."""

import datetime as dt
import hmac
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from ct_platform.kit import clock
from ct_platform.kit.crypto import blind_indexes
from ct_platform.kit.mail import Mail
from ct_platform.kit.money import euros
from members.rules import spaced_iban
from projects.enums import ReminderLevel
from projects.models import Invoice, Reminder, SellerTerms
from projects.rules.overdue import Late, next_level
from projects.selectors.payments import lateness
from projects.selectors.selling import answers_to, terms_on
from projects.services.payments._judgement import left_of

_LENGTH = 32  # 128 bits, in an address


@dataclass(frozen=True, slots=True)
class Letter:
    reminder: Reminder
    invoice: Invoice
    terms: SellerTerms | None
    subject: str
    sentences: list[str]
    left: Decimal  # now, VAT included; zero once paid
    late: Late | None
    url: str

    @property
    def iban(self) -> str:
        """By four, as on the invoice."""
        return spaced_iban(self.terms.iban) if self.terms else ""


def letter_of(reminder: Reminder, at: dt.datetime) -> Letter:
    """The reminder as things stand now. `reminder` comes with its invoice, customer, cohort and host."""
    invoice = reminder.invoice
    left, today = left_of(invoice), clock.civil_day(at)
    terms = terms_on(invoice.host_id, invoice.issued_on or today)
    late = lateness(invoice, left, today, terms) if left > 0 else None
    words = {
        "number": invoice.number,
        "day": clock.format_day(invoice.issued_on) if invoice.issued_on else "",
        "due": clock.format_day(invoice.due_on) if invoice.due_on else "",
        "left": euros(left),
        "total": euros(invoice.total_amount),
    }
    return Letter(
        reminder=reminder,
        invoice=invoice,
        terms=terms,
        subject=_subject(reminder.level) % words,
        sentences=[*(line % words for line in _sentences(reminder.level)), *_law(late)],
        left=max(left, Decimal(0)),
        late=late,
        url=link_of(reminder) if reminder.pk else "",
    )


def draft_of(invoice: Invoice, at: dt.datetime) -> Letter:
    """The next reminder, as it would say today; nothing is written. `invoice` as for `letter_of`."""
    last: Reminder | None = Reminder.objects.filter(invoice=invoice).order_by("-number").first()
    level = next_level(last.level if last else None)
    number = last.number + 1 if last else 1
    return letter_of(Reminder(invoice=invoice, number=number, level=level, at=at), at)


def _subject(level: str) -> str:
    return {
        ReminderLevel.FRIENDLY: _("Facture %(number)s : un petit rappel"),
        ReminderLevel.FIRM: _("Facture %(number)s : paiement en retard"),
        ReminderLevel.FORMAL: _("Facture %(number)s : mise en demeure de payer"),
    }[ReminderLevel(level)]


def _sentences(level: str) -> list[str]:
    match ReminderLevel(level):
        case ReminderLevel.FRIENDLY:
            return [
                _("Sauf erreur de notre part, la facture %(number)s du %(day)s n’est pas entièrement payée."),
                _("Il reste %(left)s. La date de paiement était le %(due)s."),
                _("Si votre paiement est en route, merci : ne tenez pas compte de ce message."),
            ]  # fmt: skip
        case ReminderLevel.FIRM:
            return [
                _("Nous vous avons déjà écrit : la facture %(number)s du %(day)s attend toujours."),
                _("Il reste %(left)s. La date de paiement était le %(due)s."),
                _("Merci de payer sous huit jours, ou de nous dire ce qui l’empêche."),
            ]
        case ReminderLevel.FORMAL:
            return [
                _("Malgré nos relances, la facture %(number)s du %(day)s, échue le %(due)s, reste due."),
                _("Nous vous mettons en demeure de payer %(left)s sous huit jours à compter de cette lettre."),
                _("À défaut, la coopérative se réserve d’en demander le paiement en justice."),
            ]  # fmt: skip


def _law(late: Late | None) -> list[str]:
    """For firms, what the law adds, for information: it is not claimed here."""
    if late is None or late.interest is None or late.fee is None:
        return []
    words = {"interest": euros(late.interest), "fee": euros(late.fee)}
    return [
        _(
            "Pour mémoire, entre professionnels, les pénalités de retard (%(interest)s à ce jour) et "
            "l’indemnité de recouvrement de %(fee)s sont dues sans rappel (C. com. art. L441-10)."
        )
        % words
    ]


def deliver(reminder: Reminder, at: dt.datetime) -> None:
    """Send a reminder by mail: a link, no attachment. OSError or SMTPException when it did not leave."""
    row = Reminder.objects.select_related(
        "invoice__customer", "invoice__cohort__territory", "invoice__host"
    ).get(pk=reminder.pk)
    with translation.override("fr"):
        letter = letter_of(row, at)
        body = render_to_string("projects/mail/reminder.txt", {"letter": letter})
    reply_to = answers_to(row.invoice.host_id, clock.civil_day(at))
    Mail(
        subject=letter.subject, body=body, to=[letter.invoice.customer.email], reply_to=reply_to
    ).send()


def link_of(reminder: Reminder) -> str:
    """The whole address where the customer reads what is left. A keyed hash: nothing is stored."""
    path = reverse("projects:left_to_pay", args=[reminder.pk, _secrets(reminder)[0]])
    return f"{settings.PUBLIC_ORIGIN}{path}"


def opens(reminder: Reminder, secret: str) -> bool:
    return any(hmac.compare_digest(good.encode(), secret.encode()) for good in _secrets(reminder))


def _secrets(reminder: Reminder) -> list[str]:
    text = f"{reminder.pk}|{reminder.invoice_id}"
    return [one[:_LENGTH] for one in blind_indexes("projects|reminder", text)]
