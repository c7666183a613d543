"""Words of selling in the host's name: who buys, what, in which way, on which paper."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CustomerKind(models.TextChoices):
    PERSON = "person", _("particulier")
    FIRM = "firm", _("entreprise ou association")
    AUTHORITY = "authority", _("administration")


class VatRegime(models.TextChoices):
    NORMAL = "normal", _("TVA facturée")
    # CGI art. 293 B: only when the CAE itself is below the threshold.
    FRANCHISE = "franchise", _("franchise en base, article 293 B du CGI")


class SupplyNature(models.TextChoices):
    GOODS = "goods", _("biens")
    SERVICES = "services", _("services")


class VatCategory(models.TextChoices):
    """What a thing is, for VAT. The rate also needs the way it is sold (rules.vat)."""

    FOOD = "food", _("aliments, boissons sans alcool")
    SWEETS = "sweets", _("confiserie, chocolat, margarine")
    ALCOHOL = "alcohol", _("boissons alcoolisées")
    # A simple bunch and flowers that only dried are raw (CE 28 January 2015, n° 370455; BOFiP).
    RAW_PLANTS = "raw_plants", _("fleurs et plantes brutes, bouquets simples")
    WORKED_FLOWERS = "worked_flowers", _("fleurs teintes, compositions, décors")
    SERVICE = "service", _("prestation de service")
    OTHER = "other", _("autres biens")


class WayOfSale(models.TextChoices):
    STORABLE = "storable", _("emballé, à conserver")
    READY = "ready", _("prêt à manger, emporté ou livré")
    ON_SITE = "on_site", _("servi et mangé sur place")
    PLAIN = "plain", _("vendu tel quel")
    SERVICE = "service", _("prestation")


class QuoteState(models.TextChoices):
    DRAFT = "draft", _("brouillon")
    SUBMITTED = "submitted", _("à valider par la coopérative hôte")
    APPROVED = "approved", _("validé")
    SENT = "sent", _("envoyé")
    ACCEPTED = "accepted", _("accepté")
    REFUSED = "refused", _("refusé")
    LAPSED = "lapsed", _("sans suite")


QUOTE_ALLOWED: dict[str, frozenset[str]] = {
    # Straight to sent when the host does not ask to validate.
    QuoteState.DRAFT: frozenset({QuoteState.SUBMITTED, QuoteState.SENT, QuoteState.LAPSED}),
    QuoteState.SUBMITTED: frozenset({QuoteState.DRAFT, QuoteState.APPROVED, QuoteState.LAPSED}),
    QuoteState.APPROVED: frozenset({QuoteState.DRAFT, QuoteState.SENT, QuoteState.LAPSED}),
    QuoteState.SENT: frozenset({QuoteState.ACCEPTED, QuoteState.REFUSED, QuoteState.LAPSED}),
}


class InvoiceKind(models.TextChoices):
    INVOICE = "invoice", _("facture")
    DEPOSIT = "deposit", _("facture d’acompte")
    CREDIT_NOTE = "credit_note", _("avoir")


class InvoiceState(models.TextChoices):
    DRAFT = "draft", _("brouillon")
    SUBMITTED = "submitted", _("à valider par la coopérative hôte")
    APPROVED = "approved", _("validée")
    ISSUED = "issued", _("émise")
    # A draft nobody wants any more: it never had a number.
    DROPPED = "dropped", _("abandonnée")


INVOICE_ALLOWED: dict[str, frozenset[str]] = {
    # Straight to issued when the host does not ask to validate.
    InvoiceState.DRAFT: frozenset(
        {InvoiceState.SUBMITTED, InvoiceState.ISSUED, InvoiceState.DROPPED}
    ),
    InvoiceState.SUBMITTED: frozenset(
        {InvoiceState.DRAFT, InvoiceState.APPROVED, InvoiceState.DROPPED}
    ),
    InvoiceState.APPROVED: frozenset(
        {InvoiceState.DRAFT, InvoiceState.ISSUED, InvoiceState.DROPPED}
    ),
}


class PaymentMeans(models.TextChoices):
    TRANSFER = "transfer", _("virement")
    CHEQUE = "cheque", _("chèque")
    CARD = "card", _("carte")
    CASH = "cash", _("espèces")
    # No money moves: a credit note is set against an invoice, the two payments cancel out.
    OFFSET = "offset", _("compensation")
