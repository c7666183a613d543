"""A host's statements: brought in once, matched, unmatched, forgotten; nothing is half imported."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ct_platform.kit.errors import Refused
from projects.banking import Columns
from projects.models import BankLine, BankMatch, BankStatement, Payment, Sale
from projects.selectors.bank import Share, statement_page
from projects.services.bank import (
    choose_columns,
    confirm_match,
    drop_statement,
    forget_lines,
    forget_old,
    import_statement,
    undo_match,
)
from tests import factories as make
from tests.factories import NOW
from tests.projects import bank_files as files
from tests.projects.issued import issued_invoice
from tests.projects.test_my_hours_page import text


@pytest.fixture
def project(people):
    return make.ProjectFactory(cohort=people.a.cohort)


def bring(people, content, who="helene", name="releve.csv"):
    host = people.a.host if who == "helene" else people.b.host
    return import_statement(
        host=host, name=name, content=content if isinstance(content, bytes) else content.encode(),
        actor=people.actor(who), at=NOW,
    ).statement  # fmt: skip


def line(amount="120.00"):
    return BankLine.objects.get(amount=Decimal(amount))


def match(people, row, *shares, who="helene"):
    return confirm_match(
        line=row, shares=[Share(invoice, Decimal(amount)) for invoice, amount in shares],
        actor=people.actor(who), at=NOW,
    )  # fmt: skip


def test_it_keeps_credits_and_no_debit(people):
    made = bring(people, files.CSV)
    assert (made.state, made.kept, made.known, made.passed) == ("imported", 3, 0, 1)
    assert (made.first_on, made.last_on) == (dt.date(2026, 11, 3), dt.date(2026, 11, 5))
    assert not BankLine.objects.filter(words__contains="EDF").exists()
    assert made.content == ""


def test_the_same_file_again_is_the_same_statement(people):
    first = bring(people, files.CSV)
    assert bring(people, files.CSV, name="autre nom.csv") == first
    assert (BankStatement.objects.count(), BankLine.objects.count()) == (1, 3)


def test_statements_that_overlap_bring_each_line_once(people):
    bring(people, files.CSV)
    more = files.CSV + "06/11/2026;VIR NOUVEAU;;9,00\r\n"
    again = bring(people, more)
    assert (again.kept, again.known) == (1, 3)
    assert BankLine.objects.count() == 4


def test_two_identical_lines_of_a_day_are_two(people):
    row = "03/11/2026;VIR LUNDI;5,00\n"
    bring(people, "Date;Libellé;Montant\n" + row)
    second = bring(people, "Date;Libellé;Montant\n" + row * 3)
    assert (second.kept, second.known) == (2, 1)


def test_two_hosts_may_read_the_same_words(people):
    bring(people, files.CSV)
    bring(people, files.CSV, who="hugo")
    assert BankLine.objects.count() == 6


@pytest.mark.parametrize(
    "content",
    [
        b"", b"%PDF", files.CSV.encode() + b"99/99/2026;X;;1,00\n",
        b"Date;Libelle;Montant\n03/11/2026;a;1,00\n01/01/2027;b;2,00\n",
    ],
)  # fmt: skip
def test_a_refused_file_leaves_nothing(people, content):
    with pytest.raises(Refused):
        bring(people, content)
    assert not BankStatement.objects.exists() and not BankLine.objects.exists()


def test_columns_in_doubt_are_chosen_then_the_file_is_thrown_away(people):
    draft = bring(people, files.IN_DOUBT)
    assert draft.state == "draft" and draft.content and not BankLine.objects.exists()
    told = {"statement": draft, "actor": people.actor("helene"), "at": NOW}
    with pytest.raises(Refused, match="Ligne 1"):
        choose_columns(columns=Columns(1, (0,), amount=2), **told)
    made = choose_columns(columns=Columns(0, (1,), amount=2), **told)
    assert (made.state, made.content, made.kept) == ("imported", "", 2)
    assert choose_columns(columns=Columns(0, (1,), amount=2), **told).kept == 2
    assert BankLine.objects.count() == 2


def test_a_draft_given_up_keeps_no_file_and_may_come_again(people):
    draft = bring(people, files.IN_DOUBT)
    drop_statement(statement=draft, actor=people.actor("helene"), at=NOW)
    drop_statement(statement=draft, actor=people.actor("helene"), at=NOW)
    draft.refresh_from_db()
    assert (draft.state, draft.content) == ("dropped", "")
    assert bring(people, files.IN_DOUBT) != draft


def test_a_match_is_a_transfer_on_the_day_of_the_line(people, project):
    invoice = issued_invoice(project, ("100.00", "20"))
    bring(people, files.CSV)
    [made] = match(people, line(), (invoice, "120.00"))
    assert (made.payment.means, made.payment.received_on) == ("transfer", dt.date(2026, 11, 3))
    assert "EPICERIE" in made.payment.reference
    assert Sale.objects.get(invoice=invoice).moved_on == dt.date(2026, 11, 3)
    assert match(people, line(), (invoice, "120.00")) == [made]
    assert Payment.objects.count() == 1


def test_one_line_pays_several_invoices_all_or_none(people, project):
    one, two = (issued_invoice(project, ("50.00", "20")) for _ in range(2))
    bring(people, files.CSV)
    with pytest.raises(Refused, match=r"Il reste 120,00\s€ à répartir"):
        match(people, line(), (one, "60.00"), (two, "60.01"))
    with pytest.raises(Refused, match=r"Il reste 60,00\s€"):
        match(people, line(), (one, "50.00"), (two, "61.00"))
    assert not Payment.objects.exists()
    assert len(match(people, line(), (one, "60.00"), (two, "60.00"))) == 2
    with pytest.raises(Refused, match=r"0,00\s€ à répartir"):
        match(people, line(), (issued_invoice(project, ("50.00", "20")), "1.00"))


def test_another_hosts_invoice_is_none_of_its_business(people):
    other = issued_invoice(make.ProjectFactory(cohort=people.b.cohort), ("100.00", "20"))
    bring(people, files.CSV)
    with pytest.raises(Refused, match="autre coopérative hôte"):
        match(people, line(), (other, "120.00"))


def test_a_wrong_match_is_undone_and_the_line_waits_again(people, project):
    invoice = issued_invoice(project, ("100.00", "20"))
    bring(people, files.CSV)
    [made] = match(people, line(), (invoice, "120.00"))
    for _ in range(2):
        undo_match(match=made, actor=people.actor("helene"), at=NOW)
    assert Payment.objects.count() == 2
    assert Sale.objects.filter(invoice=invoice, moved_on=None).get().amount == Decimal("100.00")
    [again] = match(people, line(), (invoice, "120.00"))
    assert again != made and BankMatch.objects.count() == 2


def test_the_page_proposes_and_a_press_confirms(people, project, enter):
    invoice = issued_invoice(
        project, ("100.00", "20"), number="F-1",
        customer=make.CustomerFactory(cohort=people.a.cohort, name="Épicerie du Canal"),
    )  # fmt: skip
    made = bring(people, files.CSV)
    page = statement_page(made, "")
    first = next(one for one in page.lines if one.line == line())
    assert [one.key for one in first.proposed] == [f"{invoice.pk}:12000"]
    client = enter("helene")
    shown = text(client.get(reverse("projects:bank_statement", args=[made.pk])))
    assert "le numéro est dans le libellé" in shown and "C’est ça" in shown
    answer = client.post(
        reverse("projects:confirm_match", args=[line().pk]),
        {"parts": first.proposed[0].key}, follow=True,
    )  # fmt: skip
    assert "C’est noté" in text(answer) and "Rapproché" in text(answer)


@pytest.mark.parametrize("parts", ["", "x", "1:", "1:2;3:4", "99999:100", "1:1," * 20])
def test_a_forged_press_pays_nothing(people, project, enter, parts):
    bring(people, files.CSV)
    url = reverse("projects:confirm_match", args=[line().pk])
    assert enter("helene").post(url, {"parts": parts}).status_code in (302, 404)
    assert not Payment.objects.exists()


def test_what_is_not_ours_is_forgotten_and_does_not_come_back(people, project):
    made = bring(people, files.CSV)
    invoice = issued_invoice(project, ("100.00", "20"))
    match(people, line(), (invoice, "120.00"))
    keys = list(BankLine.objects.values_list("pk", flat=True))
    told = {"actor": people.actor("helene"), "at": NOW}
    assert forget_lines(statement=made, keys=keys, **told) == 2
    assert forget_lines(statement=made, keys=keys, **told) == 0
    assert sorted(BankLine.objects.values_list("words", flat=True))[:2] == ["", ""]
    again = bring(people, files.CSV + "07/11/2026;VIR;;1,00\r\n")
    assert (again.kept, again.known) == (1, 3)
    gone = BankLine.objects.filter(forgotten_at__isnull=False).first()
    with pytest.raises(Refused, match="oubliée"):
        match(people, gone, (invoice, "1.00"))


def test_two_months_later_what_nobody_matched_is_forgotten(people, project):
    bring(people, files.CSV)
    match(people, line(), (issued_invoice(project, ("100.00", "20")), "120.00"))
    assert forget_old(at=NOW + dt.timedelta(days=59)) == 0
    assert forget_old(at=NOW + dt.timedelta(days=61)) == 2
    assert BankLine.objects.kept().count() == 1


def test_a_file_comes_through_the_door(people, enter):
    client, url = enter("helene"), reverse("projects:bank")
    answer = client.post(url, {"file": SimpleUploadedFile("r.ofx", files.OFX)}, follow=True)
    assert "2 encaissements sont lus." in text(answer)
    again = client.post(url, {"file": SimpleUploadedFile("r.ofx", files.OFX)}, follow=True)
    assert "Ce relevé est déjà là" in text(again)
    wrong = client.post(url, {"file": SimpleUploadedFile("r.pdf", b"%PDF-1.7")})
    assert "est un PDF" in text(wrong)
    heavy = client.post(url, {"file": SimpleUploadedFile("r.csv", b"x" * (6 * 1024 * 1024))})
    assert "La limite est de 5 Mo" in text(heavy)


def test_columns_are_chosen_through_the_door(people, enter):
    client = enter("helene")
    answer = client.post(
        reverse("projects:bank"),
        {"file": SimpleUploadedFile("r.csv", files.IN_DOUBT.encode("cp1252"))}, follow=True,
    )  # fmt: skip
    assert "Choisir les colonnes" in text(answer)
    url = answer.redirect_chain[-1][0]
    both = client.post(url, {"date": "0", "words": "1", "amount": "2", "credit": "2"})
    assert "pas les deux" in text(both)
    none = client.post(url, {"date": "0", "words": "1"})
    assert "Dites où est le montant" in text(none)
    done = client.post(url, {"date": "0", "words": "1", "amount": "2"}, follow=True)
    assert "2 encaissements sont lus." in text(done)


def test_a_neighbour_reads_no_line(people, enter):
    made = bring(people, files.CSV)
    for who in ("hugo", "driss", "amina", "elsa", "nora"):
        for name, key in (("bank_statement", made.pk), ("choose_invoice", line().pk)):
            answer = enter(who).get(reverse(f"projects:{name}", args=[key]))
            assert answer.status_code in (403, 404), who
