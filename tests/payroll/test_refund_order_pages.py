"""The pages of orders of refunds: the host does it all there, the coordinator follows, nobody else enters."""

import pytest

from ct_platform.kit.models import TransitionLog
from payroll.models import RefundOrder
from tests.ibans import AMINA, BASTIEN
from tests.payroll.test_refund_orders import group, prepare
from tests.projects.receipts import accept, send
from tests.projects.test_my_hours_page import text
from tests.test_archived import archive_a

__all__ = ["group"]  # the fixture


def url_of(people, end: str = "") -> str:
    return f"/cohortes/{people.a.cohort.pk}/paie/remboursements/{end}"


def ticks(people, client) -> dict[str, str]:
    form = client.get(url_of(people)).context["form"]
    keys = [people.enrolments[name].pk for name in ("amina", "bastien")]
    return {
        "submission_key": form["submission_key"].value(), "seen": form["seen"].value(),
        "execute_on": "2026-11-25", **{f"pay_{key}": "on" for key in keys},
        f"kind_{keys[0]}": "sepa", f"kind_{keys[1]}": "sepa",
    }  # fmt: skip


def test_the_host_does_it_all_from_the_pages(group, enter):
    helene = enter("helene")
    sent = ticks(group, helene)
    helene.post(url_of(group), sent)
    page = text(helene.post(url_of(group), sent, follow=True))  # a double press
    order = RefundOrder.objects.get()
    assert "Virements CTF" in page and "62,75 €" in page

    answer = helene.post(url_of(group, f"envois/{order.pk}/fichier/"))
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{order.reference}.xml"'
    logs = TransitionLog.objects.filter(model="payroll.refundorder", row_id=order.pk)
    assert [(log.old, log.by_person_id) for log in logs] == [("xml", group.helene.pk)]
    assert "Ouvrir l’envoi" in text(helene.get(url_of(group, f"{group.enrolments['amina'].pk}/")))

    marked = {f"on_{p.pk}": "on" for p in order.payments.all()} | {"paid_on": "2026-11-25"}
    helene.post(url_of(group, f"envois/{order.pk}/"), marked)
    assert "Tout est rendu." in text(helene.get(url_of(group)))
    payment = order.payments.get(enrolment=group.enrolments["amina"])
    back = {"rejected_on": "2026-11-25", "reason": "compte clos"}
    page = text(helene.post(url_of(group, f"paiements/{payment.pk}/rejeter/"), back, follow=True))
    assert "À rendre : 52,75 €" in page and "Rejeté le 25 novembre 2026 : compte clos" in page


def test_who_has_no_account_is_told_to_be_paid_by_cheque(people, enter):
    accept(people, send(people))
    assert "Pas de compte noté : ce sera un chèque." in text(enter("helene").get(url_of(people)))


def test_the_coordinator_follows_and_sees_no_account(group, enter):
    prepare(group, bastien=None)
    page = text(enter("driss").get(url_of(group)))
    assert "Préparé par l’hôte" in page and "Attend l’hôte" in page
    assert AMINA[-4:] not in page and BASTIEN[-4:] not in page


@pytest.mark.parametrize("name", ["driss", "amina", "bastien", "hugo", "dalia", "chloe", "elsa"])
def test_nobody_else_prepares_opens_takes_out_or_sends_back(group, enter, name):
    """Hugo is another host, Bastien a coopérant who is in the order himself."""
    sent = ticks(group, enter("helene"))
    (order,) = prepare(group, amina=None)
    client, payment = enter(name), order.payments.get()

    assert client.post(url_of(group), sent).status_code in (403, 404)
    for end in ("", "fichier/", "liste/", "lettres/"):
        answer = client.post(url_of(group, f"envois/{order.pk}/{end}"))
        assert answer.status_code in (403, 404)
        assert BASTIEN[-4:] not in answer.content.decode()
    assert client.get(url_of(group, f"envois/{order.pk}/")).status_code in (403, 404)
    answer = client.post(url_of(group, f"paiements/{payment.pk}/rejeter/"), {"reason": "x"})
    assert answer.status_code in (403, 404)
    assert RefundOrder.objects.count() == 1
    assert not TransitionLog.objects.filter(model="payroll.refundorder").exists()


def test_what_is_owed_outlives_the_group(group, enter):
    """Archived: the host still prepares, sends, marks, and notes what came back."""
    archive_a(group)
    helene = enter("helene")
    helene.post(url_of(group), ticks(group, helene))
    order = RefundOrder.objects.get()

    assert helene.post(url_of(group, f"envois/{order.pk}/fichier/")).status_code == 200
    marked = {f"on_{p.pk}": "on" for p in order.payments.all()} | {"paid_on": "2026-11-25"}
    helene.post(url_of(group, f"envois/{order.pk}/"), marked)
    payment = order.payments.first()
    back = {"rejected_on": "2026-11-25", "reason": "compte clos"}
    helene.post(url_of(group, f"paiements/{payment.pk}/rejeter/"), back)

    states = order.payments.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["rejected", "paid"]
