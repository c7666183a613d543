"""What a quote and an invoice share: the seller, the customer, lines, totals and the mentions of the law.

`…_of` photograph rows as JSON texts; `printed` reads the photograph back for the templates. Sources:
CGI ann. II art. 242 nonies A, C. com. L441-9, L441-10, R123-237 and D441-5, CGI art. 293 B.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from cohorts.models import Cohort, Organisation
from cohorts.rules import spaced_siret
from ct_platform.kit import trades
from ct_platform.kit.clock import format_day
from ct_platform.kit.money import euros, plain
from members.rules import spaced_iban
from projects.enums import CustomerKind, SupplyNature, VatRegime
from projects.models import Customer, Project, SellerTerms
from projects.models.sold_line import SoldLine
from projects.rules import due_days_for
from projects.rules.totals import Totals
from projects.services.lines import BuiltLine

RECOVERY_SUM = Decimal(40)  # C. com. D441-5; commande publique D2192-35


def seller_of(host: Organisation, terms: SellerTerms) -> dict[str, Any]:
    """The host, who sells, with its numbers."""
    return {
        "name": host.name,
        "legal_form": host.legal_form,
        "capital": terms.capital,
        "address": host.address,
        "postcode": host.postcode,
        "city": host.city,
        "siret": host.siret,
        "register": terms.register_city,
        "vat_number": terms.vat_number,
        "email": terms.email,
        "phone": terms.phone,
        "iban": terms.iban,
        "bic": terms.bic,
        "franchise": terms.vat_regime == VatRegime.FRANCHISE,
        "debits": terms.vat_on_debits,
    }


def customer_of(customer: Customer, *, service_code: str = "") -> dict[str, Any]:
    """The buyer as named today; `service_code`: of this paper, when it has its own."""
    return {
        "kind": customer.kind,
        "name": customer.name,
        "siret": customer.siret,
        "vat_number": customer.vat_number,
        "address": customer.address,
        "postcode": customer.postcode,
        "city": customer.city,
        "delivery_address": customer.delivery_address,
        "delivery_postcode": customer.delivery_postcode,
        "delivery_city": customer.delivery_city,
        "service_code": service_code or customer.service_code,
    }


def lines_of(lines: Iterable[SoldLine | BuiltLine]) -> list[dict[str, str]]:
    return [
        {
            "designation": one.designation,
            "nature": str(one.nature),
            "quantity": _text(one.quantity),
            "unit": one.unit,
            "unit_price": _text(one.unit_price),
            "discount": _text(one.discount_percent),
            "vat": _text(one.vat_percent),
            "amount": f"{one.amount:.2f}",
        }
        for one in lines
    ]


def totals_of(totals: Totals) -> dict[str, Any]:
    return {
        "rates": [
            {"percent": _text(one.percent), "net": f"{one.net:.2f}", "vat": f"{one.vat:.2f}"}
            for one in totals.rates
        ],
        "net": f"{totals.net:.2f}",
        "vat": f"{totals.vat:.2f}",
        "gross": f"{totals.gross:.2f}",
    }


def nature_words(natures: Iterable[str]) -> str:
    """Mandatory with e-invoicing (décret 2022-1299)."""
    found = {str(one) for one in natures}
    if found == {SupplyNature.GOODS}:
        return _("Livraison de biens.")
    if found == {SupplyNature.SERVICES}:
        return _("Prestation de services.")
    return _("Livraison de biens et prestation de services.")


def tax_mentions(terms: SellerTerms) -> list[str]:
    found = []
    if terms.vat_regime == VatRegime.FRANCHISE:
        found.append(_("TVA non applicable, article 293 B du CGI."))
    elif terms.vat_on_debits:
        found.append(_("Option pour le paiement de la taxe d’après les débits."))
    return found


def exemption_mentions(reasons: Iterable[str]) -> list[str]:
    """Why a line bears no VAT, where the host charges it (CGI ann. II art. 242 nonies A, I 12°)."""
    return [_("TVA à 0 %% : %(why)s.") % {"why": one.rstrip(".")} for one in reasons]


def payment_mentions(terms: SellerTerms, kind: str) -> list[str]:
    """What the law asks about paying, by kind of customer: penalties are said to professionals only."""
    days = due_days_for(terms.due_days, is_public=kind == CustomerKind.AUTHORITY)
    found = [_("Paiement à %(n)d jours, à compter de la date de la facture.") % {"n": days}]
    if terms.iban:
        words = {"iban": spaced_iban(terms.iban), "bic": terms.bic}
        found.append(
            (_("Par virement : IBAN %(iban)s, BIC %(bic)s.") % words)
            if terms.bic
            else _("Par virement : IBAN %(iban)s.") % words
        )
    if terms.early_terms:
        found.append(f"{terms.early_terms.rstrip('.')}.")
    if kind == CustomerKind.AUTHORITY:
        found.append(
            _(
                "En cas de retard : intérêts moratoires et indemnité forfaitaire de %(sum)s "
                "(Code de la commande publique, articles L2192-13, R2192-31 et D2192-35)."
            )
            % {"sum": euros(RECOVERY_SUM)}
        )
    elif kind == CustomerKind.FIRM:
        rate = Decimal(str(terms.late_rate))
        found.append(
            _("Pénalités de retard : %(rate)s %% par an.") % {"rate": plain(rate)}
            if rate
            else _("Pénalités de retard : taux de la Banque centrale européenne plus 10 points.")
        )
        found.append(
            _("Indemnité forfaitaire pour frais de recouvrement en cas de retard : %(sum)s.")
            % {"sum": euros(RECOVERY_SUM)}
        )
    return found


def cape_mention(cohort: Cohort, until: dt.date) -> str:
    """C. com. R127-3, for papers of people under CAPE: who supports them, where, until when."""
    host = cohort.host
    words = {
        "cohort": cohort.name,
        "host": host.name,
        "place": ", ".join(filter(None, [host.address, f"{host.postcode} {host.city}".strip()])),
        "siret": spaced_siret(host.siret),
        "day": format_day(until),
    }
    return (
        _(
            "Vente de la coopérative de territoire « %(cohort)s », dont les membres bénéficient d’un contrat "
            "d’appui au projet d’entreprise (articles L127-1 à L127-7 du Code de commerce) de %(host)s, "
            "%(place)s, "
            "SIRET %(siret)s, jusqu’au %(day)s."
        )
        % words
    )


def threads_of(projects: Iterable[Project]) -> list[str]:
    codes = dict.fromkeys(one.trade for one in projects)
    return [trades.TRADES[code].css for code in codes if code in trades.TRADES]


def seller_lines(seller: Mapping[str, Any]) -> list[str]:
    """As the head of the paper prints them."""
    form = ", ".join(
        filter(
            None,
            [
                seller["legal_form"],
                _("capital %s") % seller["capital"] if seller["capital"] else "",
            ],
        )
    )
    numbers = ", ".join(
        filter(
            None,
            [
                _("SIRET %s") % spaced_siret(seller["siret"]) if seller["siret"] else "",
                _("RCS %s") % seller["register"] if seller["register"] else "",
            ],
        )
    )
    vat = _("TVA %s") % seller["vat_number"] if seller["vat_number"] else ""
    reach = ", ".join(filter(None, [seller["phone"], seller["email"]]))
    return [*filter(None, [form, *_address(seller, ""), numbers, vat, reach])]


def customer_lines(customer: Mapping[str, Any]) -> list[str]:
    number = _("SIRET %s") % spaced_siret(customer["siret"]) if customer["siret"] else ""
    vat = _("TVA %s") % customer["vat_number"] if customer["vat_number"] else ""
    service = _("Code service %s") % customer["service_code"] if customer["service_code"] else ""
    return [*_address(customer, ""), *filter(None, [number, vat, service])]


def delivery_lines(customer: Mapping[str, Any]) -> list[str]:
    """Where the goods go, when it is elsewhere."""
    return _address(customer, "delivery_")


def printed(snapshot: Mapping[str, Any]) -> dict[str, Any]:
    """Seller, customer, lines and totals of a photograph, for templates/pdf/_sold_*.html."""
    totals = snapshot["totals"]
    return {
        "issuer": {"name": snapshot["seller"]["name"], "lines": seller_lines(snapshot["seller"])},
        "who": {
            "name": snapshot["customer"]["name"],
            "lines": customer_lines(snapshot["customer"]),
            "label": _("Client"),
        },
        "delivery": delivery_lines(snapshot["customer"]),
        "lines": [
            {
                **row,
                **{
                    name: Decimal(row[name])
                    for name in ("quantity", "unit_price", "discount", "vat", "amount")
                },
            }
            for row in snapshot["lines"]
        ],
        "rates": [
            {name: Decimal(row[name]) for name in ("percent", "net", "vat")}
            for row in totals["rates"]
        ],
        "net": Decimal(totals["net"]),
        "vat": Decimal(totals["vat"]),
        "gross": Decimal(totals["gross"]),
        "has_discount": any(Decimal(row["discount"]) for row in snapshot["lines"]),
        "mentions": snapshot["mentions"],
        "weave": snapshot["weave"],
        "eu": snapshot["eu"],
    }


def _address(party: Mapping[str, Any], prefix: str) -> list[str]:
    place = f"{party[f'{prefix}postcode']} {party[f'{prefix}city']}".strip()
    return [*filter(None, [party[f"{prefix}address"], place])]


def _text(number: Any) -> str:
    """ "12.5", "20": a number without useless zeros, read back exactly."""
    text = f"{Decimal(str(number)):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
