"""Steps 10 and 11: a report that points at nobody, a few words that stand and come down."""

import datetime as dt

from cohorts.models import Cohort, Enrolment
from reports.models import Snapshot
from testimonials.models import Testimonial
from tests.browser.held_papers import HeldPapers
from tests.browser.steps.arriving import read_pdf
from tests.browser.visitor import Visitor

TEXT = "Recevoir mon premier bulletin, c’était la fierté de l’année."


# --- 10. the report


def freezes_a_report(ines: Visitor, cohort: Cohort, papers: HeldPapers) -> Snapshot:
    ines.opens("reports:of_cohort", cohort_id=cohort.pk)
    ines.presses("Figer ce rapport")
    ines.presses("J’ai tout relu")
    ines.presses("Envoyer aux partenaires")
    papers.render()
    return Snapshot.objects.get()


def reads_the_report(elsa: Visitor, snapshot: Snapshot) -> None:
    elsa.opens("reports:follow")
    elsa.sees("Les Racines du Plateau")
    elsa.opens("reports:snapshot", snapshot_id=snapshot.pk)
    elsa.sees("Personnes entrées", "Ce que la coopérative a vendu", "masqué")
    page = elsa.page.content()
    paper = read_pdf(elsa.fetches(f"/rapports/{snapshot.pk}/pdf/"))
    assert "Personnes entrées" in paper
    for person in (one.person for one in Enrolment.objects.select_related("person")):
        for name in (person.last_name, person.full_name):
            assert name not in page, name
            assert name not in paper, name


# --- 11. the words


def leaves_words(amina: Visitor) -> Testimonial:
    amina.opens("home:my_coop")
    amina.follows("Mes mots")
    amina.fills(text=TEXT, signed_as="Amina")
    amina.fills(consent_until=(dt.date(2027, 11, 30)).isoformat())
    amina.page.locator("[name=uses][value=site]").check()
    amina.presses("Envoyer")
    amina.sees("C’est envoyé", "À relire")
    return Testimonial.objects.get()


def publishes(ines: Visitor, cohort: Cohort) -> None:
    ines.opens("testimonials:of_cohort", cohort_id=cohort.pk)
    ines.presses("Publier sur le site")
    ines.sees("Publié sur le site public")


def reads_the_public_page(stranger: Visitor) -> None:
    stranger.opens("home:public")
    stranger.sees("On travaille.", TEXT, "Les Racines du Plateau", "Vérifier un papier")
    stranger.sees_not("Sarr")


def takes_them_back(amina: Visitor, stranger: Visitor) -> None:
    amina.opens("testimonials:mine")
    amina.follows(TEXT)
    amina.presses("Retirer mes mots")
    amina.sees("C’est retiré")
    stranger.opens("home:public")
    stranger.sees_not(TEXT)
