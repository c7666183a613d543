"""Steps 1 to 3: the coordinator comes in, creates a cohort, imports its people, prints their cards."""

import io
import re
import time
from dataclasses import dataclass
from pathlib import Path

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from playwright.sync_api import expect
from pypdf import PdfReader

from cohorts.models import Cohort, Enrolment, EnrolmentImport
from ct_platform.kit import clock
from ct_platform.kit.actor import Actor
from members.models import Person
from members.services.join_cards import use_card
from tests.browser.visitor import Visitor, words

DEMO = Path(__file__).resolve().parents[3] / "demo"


# --- the door of staff and partners


def signs_in(who: Visitor, email: str) -> str:
    """By a code received by e-mail, then a second factor set up on the spot; returns its secret."""
    asks_for_a_code(who, email)
    who.sees("Installez la double sécurité")
    who.page.get_by_text("Je ne peux pas scanner").click()
    secret = "".join(who.page.locator("details .ct-num").all_inner_texts()).replace(" ", "")
    who.fills(code=_shown_by_the_phone(secret))
    who.presses("Installer")
    who.sees("codes de secours")
    return secret


def asks_for_a_code(who: Visitor, email: str) -> None:
    who.opens("members:sign_in")
    who.fills(email=email)
    who.presses("Recevoir un code")
    who.sees("Écrivez votre code")
    code = re.search(r"\d{4}-\d{4}", str(mail.outbox[-1].body))
    assert mail.outbox[-1].to == [email]
    assert code is not None
    who.fills(code=code[0])
    who.presses("Entrer")


def comes_back(who: Visitor, email: str, secret: str) -> None:
    """Another day: out, then in with both codes."""
    who.opens("members:profile")
    who.presses("Quitter")
    asks_for_a_code(who, email)
    who.sees("Encore un code")
    who.fills(code=_shown_by_the_phone(secret))
    who.presses("Entrer")


def _shown_by_the_phone(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


# --- 1. a cohort


def creates_a_cohort(ines: Visitor) -> Cohort:
    ines.opens("home:arrive")
    ines.sees("Mes cohortes")
    ines.follows("Créer une cohorte")
    ines.fills(name="Les Racines du Plateau", pitch="Un potager et des repas, au Plateau.")
    ines.selects("host", "Le Ferment")
    ines.fills(starts_on="2026-09-07", ends_on="2026-10-15", seats="15")
    ines.presses("Créer la coopérative")
    ines.is_told_beside("ends_on", "de 84 à 190 jours")
    ines.fills(ends_on="2026-09-01")
    ines.presses("Créer la coopérative")
    ines.is_told_beside("ends_on", "Le dernier jour vient avant le premier")
    assert not Cohort.objects.exists()
    ines.fills(ends_on="2026-12-18")
    ines.presses("Créer la coopérative")
    ines.sees("La coopérative est créée, avec ses cinq phases")
    return Cohort.objects.get()


def moves_it_on(ines: Visitor, cohort: Cohort, state: str) -> None:
    """To the next state, by the one button of the page."""
    ines.opens("cohorts:edit", cohort_id=cohort.pk)
    step = ines.page.locator("form", has=ines.page.locator("input[name=to]"))
    ines.presses("", within=step)
    ines.sees(f"La coopérative est maintenant « {state} »")


# --- 2. its people


def imports_the_list(ines: Visitor, cohort: Cohort) -> None:
    _reads(ines, cohort, "cooperants-avec-erreurs.csv")
    ines.sees("Rien n’est enregistré")
    told = ines.table("À corriger")
    for row, column, reason in (
        ("3", "Né(e) le", "Le 31/02/1988 n’existe pas"),
        ("4", "prenom", "Cette case est vide"),
        ("5", "Courriel", "n’est pas une adresse e-mail"),
        ("10", "NOM", "formule"),
    ):
        line = ines.page.locator("tr", has=ines.page.locator("th", has_text=re.compile(f"^{row}$")))
        said = told.locator(line).filter(has_text=column).filter(has_text=words(reason))
        expect(said).to_have_count(1)
    expect(ines.page.get_by_role("button", name="Confirmer")).to_be_disabled()
    ines.presses("Abandonner cette liste")
    ines.sees("Personne n’a été ajouté")
    assert (Person.objects.count(), Enrolment.objects.count()) == (3, 0)

    _reads(ines, cohort, "cooperants.xlsx")
    ines.sees("Rien n’est encore enregistré")
    assert not Enrolment.objects.exists()
    ines.presses("Confirmer 15 personnes")
    ines.sees("15 personnes sont entrées dans la coopérative")
    assert Enrolment.objects.filter(cohort=cohort).count() == 15

    # The same people as CSV: recognised, and nobody enters twice.
    _reads(ines, cohort, "cooperants.csv")
    ines.presses("Abandonner cette liste")
    assert Person.objects.count() == 18
    assert EnrolmentImport.objects.filter(state="confirmed").count() == 1


def _reads(ines: Visitor, cohort: Cohort, file: str) -> None:
    ines.opens("cohorts:import", cohort_id=cohort.pk)
    ines.page.locator("[name=file]").set_input_files(DEMO / file)
    ines.presses("Lire le fichier")
    ines.sees("Relire avant de confirmer")


# --- 3. their cards


@dataclass(frozen=True)
class Card:
    """What somebody holding the paper has: the address in the square, the code under it."""

    name: str
    address: str
    code: str


def prints_the_cards(ines: Visitor, cohort: Cohort, qr_codes: list[str]) -> dict[str, Card]:
    """By the names written on them."""
    ines.opens("cohorts:people", cohort_id=cohort.pk)
    ines.sees("15 personnes n’ont pas encore d’accès")
    ines.follows("Imprimer les cartes")
    text = read_pdf(ines.downloads("Imprimer les cartes"))
    written = re.findall(rf"([^.]+?) {cohort.name} Vise .+? et écris : (\w{{4}}-\w{{4}})", text)
    assert len(written) == len(qr_codes) == 15
    cards = [
        Card(name.strip(), url, code) for (name, code), url in zip(written, qr_codes, strict=True)
    ]
    return {card.name: card for card in cards}


def read_pdf(pdf: bytes) -> str:
    """The text of a PDF, spaces and line ends made one."""
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return " ".join(text.split())


def scans(someone: Visitor, card: Card) -> None:
    someone.goes(card.address)
    someone.sees(f"Bonjour {someone.name}", "C’est bien toi ?")
    someone.presses("Oui, c’est moi. J’entre.")
    _is_in(someone)


def types_the_code(someone: Visitor, card: Card) -> None:
    someone.opens("members:join_code")
    someone.fills(code=card.code.lower())
    someone.presses("Entrer")
    _is_in(someone)


def _is_in(someone: Visitor) -> None:
    expect(someone.page.locator("h1")).to_have_text(words(f"Bonjour {someone.name}"))
    someone.sees("Tu n’as rien noté aujourd’hui")


def finds_it_used(stranger: Visitor, card: Card) -> None:
    """The same card once more, from another phone: by its square, then by its code."""
    stranger.goes(card.address)
    stranger.sees("Cette carte a déjà servi")
    stranger.met(410)
    stranger.opens("members:join_code")
    stranger.fills(code=card.code)
    stranger.presses("Entrer")
    stranger.is_told_beside("code", "Cette carte a déjà servi")
    stranger.opens("home:my_coop")
    stranger.sees("Recevoir un code")


def the_others_enter(cards: list[Card]) -> list[Actor]:
    """Those whose phones are not in this story: the same act, without pages."""
    actors = []
    for card in cards:
        entry = use_card(code=card.code, at=clock.now())
        person = Person.objects.get(user=entry.user)
        actors.append(Actor(entry.user.pk, person.pk, person.full_name, entry.seat))
    return actors
