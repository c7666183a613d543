"""An invoice found wrong after the archive: its host alone gives back, and no pay is opened again."""

from decimal import Decimal as D

import pytest
from django.urls import reverse

from cohorts.enums import CohortState
from cohorts.models import Cohort
from ct_platform.kit.errors import Refused
from projects.models import Invoice, Sale
from projects.services import invoices
from tests.factories import NOW
from tests.projects.invoicing import set_scene
from tests.projects.test_my_hours_page import text


@pytest.fixture
def scene(people):
    return set_scene(people, asks_to_validate=True)


@pytest.fixture
def invoice(scene):
    draft = scene.draft()
    told = {"invoice": draft, "seen_version": draft.version, "at": NOW}
    invoices.submit_invoice(actor=scene.driss, **told)
    invoices.approve_invoice(actor=scene.helene, **told)
    made = scene.issue(draft)
    Cohort.objects.filter(pk=scene.cohort.pk).update(state=CohortState.ARCHIVED)
    return Invoice.objects.select_related("cohort").get(pk=made.pk)


def credit(invoice, actor):
    return invoices.credit_whole(invoice=invoice, reason="Jamais livré", actor=actor, at=NOW)


def test_the_host_gives_back_alone_and_is_told_at_whose_charge(scene, invoice, enter):
    helene = enter("helene")
    url = reverse("projects:credit_invoice", args=[scene.cohort.pk, invoice.pk])
    page = text(helene.get(url))
    assert "aucune paie n’est rouverte" in page and "à la charge de" in page
    assert "nouvelle facture" not in page
    key = "7b1d3c0e-4d38-4c08-9a57-b1c1b3b0a001"
    helene.post(url, {"tout": "1", "tout-reason": "Jamais livré", "tout-submission_key": key})
    note = Invoice.objects.get(kind="credit_note")
    page = text(helene.get(reverse("projects:invoice", args=[scene.cohort.pk, note.pk])))
    assert "Donner un numéro et émettre" in page
    helene.post(reverse("projects:issue_invoice", args=[scene.cohort.pk, note.pk]))
    note.refresh_from_db()
    assert note.number == "2026-CT-00002"
    assert sum(Sale.objects.values_list("amount", flat=True)) == D(0)
    page = text(helene.get(reverse("projects:invoice", args=[scene.cohort.pk, note.pk])))
    assert "Envoyer le lien par message" in page


def test_nobody_else_does(scene, invoice, people, enter):
    with pytest.raises(Refused, match="archivée"):
        credit(invoice, scene.driss)
    with pytest.raises(Refused, match="archivée"):
        credit(invoice, people.actor("hugo"))
    note = credit(invoice, scene.helene)
    with pytest.raises(Refused, match="archivée"):
        invoices.issue_invoice(invoice=note, actor=scene.driss, at=NOW)
    url = reverse("projects:credit_invoice", args=[scene.cohort.pk, invoice.pk])
    for who, status in (("hugo", 404), ("amina", 403), ("elsa", 404)):
        assert enter(who).get(url).status_code == status, who
    assert Invoice.objects.issued().count() == 1


def test_a_new_invoice_is_over_for_everybody(scene, invoice):
    with pytest.raises(Refused, match="archivée"):
        invoices.reissue(invoice=invoice, reason="Client faux", actor=scene.helene, at=NOW)
    assert Invoice.objects.count() == 1


def test_while_the_group_lives_the_host_does_not_correct_for_it(scene, invoice, enter):
    Cohort.objects.filter(pk=scene.cohort.pk).update(state=CohortState.RUNNING)
    url = reverse("projects:credit_invoice", args=[scene.cohort.pk, invoice.pk])
    assert enter("helene").get(url).status_code == 403
