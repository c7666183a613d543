"""The invoice for machines: Factur-X, profile EN 16931 (UN/CEFACT CII), from the photograph alone.

The XML says the same amounts as the paper, to the cent. Made and checked against its schema by the
factur-x library; its Schematron is run by our tests, here, never by a server elsewhere.
French uses: note subjects PMT, PMD, AAB and process codes B1…M4 (AFNOR XP Z12-012), SIREN with scheme
0002, SIRET 0009, electronic address 0225.
"""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from ct_platform.kit.money import cents
from projects.enums import CustomerKind, InvoiceKind, SupplyNature
from projects.papers.invoice_mentions import FRANCHISE, nature_code

FILE_NAME = "factur-x.xml"
LEVEL = "en16931"
# UNTDID 1001.
TYPE_CODES = {
    InvoiceKind.INVOICE: "380",
    InvoiceKind.DEPOSIT: "386",
    InvoiceKind.CREDIT_NOTE: "381",
}
# UN/ECE recommendations 20 and 21: what our units are called there; anything else is "one".
UNITS = {
    "kg": "KGM", "kilo": "KGM", "g": "GRM", "gramme": "GRM", "l": "LTR", "litre": "LTR",
    "heure": "HUR", "h": "HUR", "jour": "DAY", "journée": "DAY", "mètre": "MTR", "m²": "MTK",
}  # fmt: skip
ONE = "C62"
NOTE_SUBJECTS = {"late": "PMD", "recovery": "PMT", "early": "AAB"}
TRANSFER = "30"


def facturx_xml(snapshot: Mapping[str, Any]) -> bytes:
    """The XML of an issued invoice, deposit or credit note. The same photograph gives the same bytes.

    Raises facturx's own errors when it does not follow the schema: a mistake of ours, never of a person.
    """
    from facturx import generate_cii_xml  # loads lxml and schemas: a tenth of a second, once

    xml: bytes = generate_cii_xml(
        invoice_terms(snapshot), level=LEVEL, check_xsd=True, check_schematron=False
    )
    return xml


def embedded(snapshot: Mapping[str, Any]) -> dict[str, bytes]:
    """What the PDF carries: the XML; nothing in a paper without a number."""
    return {FILE_NAME: facturx_xml(snapshot)} if snapshot["number"] else {}


def invoice_terms(snapshot: Mapping[str, Any]) -> dict[str, Any]:
    """The business terms of EN 16931, by their numbers."""
    seller, customer, totals = snapshot["seller"], snapshot["customer"], snapshot["totals"]
    has_services = any(one["nature"] == SupplyNature.SERVICES for one in snapshot["lines"])
    is_credit = snapshot["kind"] == InvoiceKind.CREDIT_NOTE
    terms: dict[str, Any] = {
        "BT-1": snapshot["number"],
        "BT-2": _day(snapshot["issued_on"]),
        "BT-3": TYPE_CODES[InvoiceKind(snapshot["kind"])],
        "BT-5": "EUR",
        "BT-10": customer["service_code"],
        "BT-13": snapshot["order_number"],
        "BT-20": _payment_words(snapshot),
        "BT-9": None if is_credit else _day(snapshot["due_on"]),
        "BT-23": _process(snapshot),
        "BG-1": _notes(snapshot),
        "BG-3": _preceding(snapshot),
        "BG-4": _seller(seller),
        "BG-7": _buyer(customer),
        "BG-13": _delivery(customer, is_announced=snapshot["kind"] == InvoiceKind.DEPOSIT),
        "BT-106": totals["net"],
        "BT-109": totals["net"],
        "BT-110": totals["vat"],
        "BT-112": totals["gross"],
        "BT-115": totals["gross"],
        "BG-23": [_rate(one, seller, snapshot["exemption"]) for one in totals["rates"]],
        "BG-25": [
            _line(one, number, seller) for number, one in enumerate(snapshot["lines"], start=1)
        ],
        **_sold_on(snapshot),
    }
    if seller["iban"] and not is_credit:
        terms |= {
            "BT-81": TRANSFER,
            "BT-83": snapshot["number"],
            "BT-84": seller["iban"].replace(" ", ""),
            "BT-85": seller["name"],
            "BT-86": seller["bic"].replace(" ", ""),
        }
    if has_services and seller["debits"] and not seller["franchise"]:
        terms["BT-8"] = "invoice"
    return {key: value for key, value in terms.items() if value not in (None, "", [])}


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def _process(snapshot: Mapping[str, Any]) -> str:
    """B goods, S services, M both; 4 when a deposit was invoiced before, else 1."""
    letter = {"goods": "B", "services": "S", "mixed": "M"}[
        nature_code(frozenset(one["nature"] for one in snapshot["lines"]))
    ]
    return f"{letter}4" if snapshot["deposits"] else f"{letter}1"


def _payment_words(snapshot: Mapping[str, Any]) -> str:
    """How it is paid, or given back: a due amount wants a day or these words (BR-CO-25)."""
    wanted = "credit" if snapshot["kind"] == InvoiceKind.CREDIT_NOTE else "early"
    return next((one["words"] for one in snapshot["mentions"] if one["code"] == wanted), "")


def _notes(snapshot: Mapping[str, Any]) -> list[dict[str, str]]:
    notes = [
        {"BT-22": one["words"]}
        | ({"BT-21": NOTE_SUBJECTS[one["code"]]} if one["code"] in NOTE_SUBJECTS else {})
        for one in snapshot["mentions"]
    ]
    if snapshot["reason"]:
        notes.append({"BT-22": snapshot["reason"]})
    if snapshot["note"]:
        notes.append({"BT-22": snapshot["note"]})
    return notes


def _preceding(snapshot: Mapping[str, Any]) -> list[dict[str, Any]]:
    named = [snapshot["corrects"]] if snapshot["corrects"] else list(snapshot["deposits"])
    return [{"BT-25": one["number"], "BT-26": _day(one["issued_on"])} for one in named]


def _sold_on(snapshot: Mapping[str, Any]) -> dict[str, dt.date]:
    first, last = _day(snapshot["sold_from"]), _day(snapshot["sold_until"])
    if snapshot["kind"] == InvoiceKind.DEPOSIT:
        return {}  # nothing is delivered yet
    return {"BT-72": last} if first == last else {"BT-72": last, "BT-73": first, "BT-74": last}


def _place(address: str, postcode: str, city: str) -> dict[str, str]:
    return {"addr_l1": address, "postcode": postcode, "city": city, "country_code": "FR"}


def _seller(seller: Mapping[str, Any]) -> dict[str, Any]:
    siren = seller["siret"][:9]
    party: dict[str, Any] = {
        "name": seller["name"],
        "legal_info": _legal_words(seller),
        **_place(seller["address"], seller["postcode"], seller["city"]),
    }
    if siren:
        party |= _known_as(siren, seller["siret"])
    if seller["vat_number"] and not seller["franchise"]:
        party["vat_identifier"] = seller["vat_number"]
    elif siren:
        # BR-E-02, BR-S-02: a seller is known to the tax office by one number or the other.
        party["tax_identifier"] = siren
    if seller["email"] or seller["phone"]:
        party["contacts"] = [
            {"name": seller["name"], "email": seller["email"], "phone": seller["phone"]}
        ]
    return party


def _legal_words(seller: Mapping[str, Any]) -> str:
    words = [seller["legal_form"]]
    words += [f"capital {seller['capital']}"] if seller["capital"] else []
    words += [f"RCS {seller['register']} {seller['siret'][:9]}"] if seller["register"] else []
    return ", ".join(word for word in words if word)


def _known_as(siren: str, siret: str) -> dict[str, Any]:
    return {
        "legal_identifier": siren,
        "legal_identifier_schemeid": "0002",
        "identifiers": {"0009": siret} if len(siret) == 14 else {},
        "einvoicing_addr": siren,
        "einvoicing_addr_schemeid": "0225",
    }


def _buyer(customer: Mapping[str, str]) -> dict[str, Any]:
    party: dict[str, Any] = {
        "name": customer["name"],
        **_place(customer["address"], customer["postcode"], customer["city"]),
    }
    if customer["kind"] != CustomerKind.PERSON and customer["siret"]:
        party |= _known_as(customer["siret"][:9], customer["siret"])
    if customer["vat_number"]:
        party["vat_identifier"] = customer["vat_number"]
    return party


def _delivery(customer: Mapping[str, str], *, is_announced: bool) -> dict[str, str] | None:
    """Where it goes, when elsewhere. A deposit has no day of delivery: its place stands in for it,
    the schema wants one or the other."""
    if not customer["delivery_city"]:
        if not is_announced:
            return None
        place = _place(customer["address"], customer["postcode"], customer["city"])
        return {"name": customer["name"], **place}
    return {
        "name": customer["name"],
        **_place(
            customer["delivery_address"], customer["delivery_postcode"], customer["delivery_city"]
        ),
    }


def _category(seller: Mapping[str, Any], percent: str) -> str:
    """Standard, or exempt: in franchise, or at 0 % for the reason the host wrote."""
    return "E" if seller["franchise"] or not Decimal(percent) else "S"


def _rate(one: Mapping[str, str], seller: Mapping[str, Any], exemption: str) -> dict[str, str]:
    rate = {
        "BT-116": one["net"],
        "BT-117": one["vat"],
        "BT-118": _category(seller, one["percent"]),
        "BT-119": one["percent"],
    }
    if seller["franchise"]:
        rate |= {"BT-120": FRANCHISE, "BT-121": "VATEX-FR-FRANCHISE"}
    elif rate["BT-118"] == "E":
        rate["BT-120"] = exemption
    return rate


def _line(one: Mapping[str, str], number: int, seller: Mapping[str, Any]) -> dict[str, Any]:
    amount, discount = Decimal(one["amount"]), Decimal(one["discount"])
    line: dict[str, Any] = {
        "BT-126": str(number),
        "BT-129": one["quantity"],
        "BT-130": unit_code(one["unit"]),
        "BT-131": one["amount"],
        "BT-146": one["unit_price"],
        "BT-151": _category(seller, one["vat"]),
        "BT-152": one["vat"],
        "BT-153": one["designation"],
    }
    if one["unit"]:
        line["BT-154"] = one["unit"]
    if discount:
        base = cents(Decimal(one["quantity"]) * Decimal(one["unit_price"]))
        line["BG-27"] = [
            {
                "amount": str(base - amount),
                "base_amount": str(base),
                "rate": one["discount"],
                "reason": "Remise",
            }
        ]
    return line


def unit_code(unit: str) -> str:
    """ "le kg" → KGM; a basket, a meal, a bouquet are "one"."""
    words = unit.casefold().replace("l’", "").replace("l'", "").split()
    return next((UNITS[word] for word in words if word in UNITS), ONE)
