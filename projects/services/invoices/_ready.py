"""What must be known before an invoice may exist: of the seller, of the buyer, of the rates."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _

from cohorts.models import Organisation
from ct_platform.kit.errors import Refused
from projects.enums import CustomerKind, VatRegime
from projects.models import Customer, Invoice, InvoiceLine, SellerTerms, VatDecision
from projects.selectors.selling import terms_on


def refuse_unready(invoice: Invoice, day: dt.date) -> SellerTerms:
    """The host's conditions of the day. Refused with what is missing, and who can write it."""
    terms = terms_on(invoice.host_id, day)
    if terms is None:
        raise Refused(
            _(
                "La coopérative hôte n’a pas encore écrit ses conditions de vente : elle seule le peut."
            )
        )
    refuse_seller(invoice.host, terms)
    refuse_buyer(invoice.customer)
    return terms


def refuse_seller(host: Organisation, terms: SellerTerms) -> None:
    """CGI ann. II art. 242 nonies A, 1° and 2°; C. com. R123-237."""
    missing = [
        word
        for word, known in (
            (_("le SIRET"), host.siret),
            (_("l’adresse"), host.address and host.postcode and host.city),
            (_("la forme juridique"), host.legal_form),
            (
                _("le numéro de TVA"),
                terms.vat_number or terms.vat_regime == VatRegime.FRANCHISE,
            ),
        )
        if not known
    ]
    if missing:
        raise Refused(
            _("Il manque à la coopérative hôte : %s. Une facture doit le dire.")
            % ", ".join(missing)
        )


def refuse_buyer(customer: Customer) -> None:
    """An address, and for an authority the SIRET by which Chorus Pro knows it."""
    if not (customer.address and customer.postcode and customer.city):
        raise Refused(
            _("Il manque l’adresse de %s. Une facture doit la dire : complétez sa fiche.")
            % customer.name,
            field="customer",
        )
    if customer.kind == CustomerKind.AUTHORITY and not customer.siret:
        raise Refused(
            _("Il manque le SIRET de %s : une administration reçoit ses factures par lui.")
            % customer.name,
            field="customer",
        )


def exemption_of(
    invoice: Invoice, lines: Sequence[InvoiceLine], terms: SellerTerms, day: dt.date
) -> str:
    """Why lines are without VAT while the host charges it, as the host wrote it; empty when none is.

    Refused when the host wrote no reason (CGI ann. II art. 242 nonies A, I-12°).
    """
    if terms.vat_regime == VatRegime.FRANCHISE:
        if any(one.vat_percent for one in lines):
            raise Refused(
                _(
                    "La coopérative hôte est en franchise de TVA : les lignes sont à 0 %. Réécrivez-les."
                )
            )
        return ""
    if all(one.vat_percent for one in lines):
        return ""
    decided = VatDecision.objects.of_host(invoice.host_id).begun(day).filter(percent=0)
    latest = decided.order_by("-in_force_from", "-pk").first()
    if latest is None:
        raise Refused(
            _(
                "Une ligne est à 0 % de TVA et rien ne dit pourquoi. Choisissez un taux, ou demandez "
                "à la coopérative hôte d’écrire sa décision."
            )
        )
    return str(latest.reason)
