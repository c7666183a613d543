"""A report goes to its partners and comes back as a question: asked on a phone, answered at a desk,
accepted by both, final; then corrected by another report, which says why."""

from decimal import Decimal

import pytest
from django.core import mail

from reports.models import Report
from tests import factories as make
from tests import personas
from tests.browser.test_stories import is_accessible, signs_in
from tests.factories import TODAY
from tests.reports.scene import set_scene

pytestmark = pytest.mark.django_db(transaction=True)
ASKED = "Pourquoi les dépenses sont-elles si basses ?"
ANSWERED = "Une facture de semences manque encore. Elle viendra."
WHY = "La facture de semences est arrivée."


def test_asked_answered_accepted_final_and_corrected(visitor, live_server, settings, papers):
    settings.SECOND_FACTOR_REQUIRED = False
    people = personas.build()
    scene = set_scene(people)
    driss, elsa, helene = visitor("Driss"), visitor("Elsa", phone=True), visitor("Hélène")
    for who, name in ((driss, "driss"), (elsa, "elsa"), (helene, "helene")):
        signs_in(who, people, name, live_server, settings)

    # 1. The coordination freezes, reads again, writes beside the figures, sends.
    driss.opens("reports:of_cohort", cohort_id=scene.cohort.pk)
    driss.presses("Figer ce rapport")
    driss.acts_on_fold("Écrire à côté des chiffres")
    driss.selects("section", "L’ensemble")
    driss.fills(text="L’automne a surtout servi à vendre.")
    driss.presses("Garder ces mots")
    driss.presses("J’ai tout relu")
    driss.presses("Envoyer aux partenaires")
    report = Report.objects.get()
    is_accessible(driss)

    # 2. The partner reads it on a phone, and asks about one figure. It cannot accept meanwhile.
    elsa.opens("reports:follow")
    elsa.follows("Lire le rapport")
    elsa.sees("L’automne a surtout servi à vendre.", "Votre avis sur ce rapport")
    elsa.selects("code", "Dépenses")
    elsa.fills(text=ASKED)
    elsa.presses("Poser la question")
    elsa.sees(ASKED, "attend une réponse")
    is_accessible(elsa)
    elsa.presses("Nous acceptons ce rapport")
    elsa.sees("Une de vos questions attend encore sa réponse.")

    # 3. The host received the same report, and reads nothing of what the chamber asked.
    helene.opens("reports:snapshot", snapshot_id=report.snapshot_id)
    helene.sees("Votre avis sur ce rapport")
    helene.sees_not(ASKED)

    # 4. The coordination reads the question, and answers.
    driss.opens("reports:snapshot", snapshot_id=report.snapshot_id)
    driss.sees(ASKED)
    driss.page.locator(f"#reponse-{report.questions.get().pk}").fill(ANSWERED)
    driss.presses("Envoyer la réponse")
    driss.sees(ANSWERED)
    is_accessible(driss)

    # 5. The partner reads the answer and accepts; the report is final when the host has too.
    elsa.opens("reports:snapshot", snapshot_id=report.snapshot_id)
    elsa.sees(ANSWERED)
    elsa.presses("Nous acceptons ce rapport")
    elsa.sees("accepté")
    report.refresh_from_db()
    assert report.state == "sent"
    helene.presses("Nous acceptons ce rapport")
    helene.sees("définitif")
    report.refresh_from_db()
    assert report.state == "final"
    elsa.opens("reports:snapshot", snapshot_id=report.snapshot_id)
    elsa.sees("Définitif depuis le 25 novembre 2026")
    is_accessible(elsa)

    # 6. The invoice comes: another report corrects it, says why and what changed. The old one stays.
    make.ExpenseFactory(
        project=scene.cohort.projects.first(), amount=Decimal("80.00"), moved_on=TODAY,
        recorded_by=people.driss,
    )  # fmt: skip
    driss.opens("reports:snapshot", snapshot_id=report.snapshot_id)
    driss.acts_on_fold("Préparer une correction")
    driss.fills(reason=WHY)
    driss.presses("Préparer la correction")
    driss.presses("J’ai tout relu")
    driss.presses("Envoyer aux partenaires")
    correction = Report.objects.get(replaces=report)
    elsa.opens("reports:snapshot", snapshot_id=report.snapshot_id)
    elsa.sees("Ce rapport est remplacé.", WHY)
    is_accessible(elsa)
    elsa.follows("Lire le rapport corrigé")
    changed = elsa.table("Chiffres changés")
    assert "395,55" in changed.inner_text() and "315,55" in changed.inner_text()
    is_accessible(elsa)
    assert correction.state == "sent"

    # No mail says a figure, nor the words of a question.
    for sent in mail.outbox:
        assert "395,55" not in sent.body and ASKED not in sent.body
    for who in (driss, elsa, helene):
        assert who.complaints == [], who.name
