"""Small walls: sealed secrets, safe cells, GETs that cannot write, sentences of constraints."""

import datetime as dt
import io
from decimal import Decimal

import openpyxl
import pytest
import xlsxwriter
from django.db import transaction
from django.http import HttpResponse

from cohorts.models import Cohort
from ct_platform.kit import crypto
from ct_platform.kit.db import refusing
from ct_platform.kit.errors import Refused
from ct_platform.kit.exports import safe_text, write_table
from ct_platform.kit.http import WriteOnRead, form_page, reads
from tests.factories import CohortFactory


def test_a_sealed_secret_opens_in_its_own_place_only():
    sealed = crypto.seal("person|iban|1", "FR7630006000011234567890189")
    assert "FR76" not in sealed
    assert crypto.unseal("person|iban|1", sealed).startswith("FR76")
    with pytest.raises(ValueError):
        crypto.unseal("person|iban|2", sealed)


def test_a_changed_secret_does_not_open():
    sealed = crypto.seal("a", "secret")
    with pytest.raises(ValueError):
        crypto.unseal("a", sealed[:-4] + "AAA=")


def test_an_older_key_still_opens_what_it_closed(settings):
    sealed = crypto.seal("a", "secret")
    settings.FIELD_KEYS = ["bmV3LWtleS1uZXcta2V5LW5ldy1rZXktbmV3LWtleTA=", *settings.FIELD_KEYS]
    assert crypto.unseal("a", sealed) == "secret"


@pytest.mark.parametrize("text", ["=1+1", "+33", "-2", "@SUM(A1)", "\tx", "\rx", "\nx", "\0x"])
def test_text_that_would_run_in_a_spreadsheet_is_quoted(text):
    assert safe_text(text) == f"'{text}"


def test_numbers_and_dates_stay_typed_and_negatives_survive():
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    formats = {name: book.add_format() for name in ("head", "amount")} | {
        "date": book.add_format({"num_format": "dd/mm/yyyy"})
    }
    write_table(
        book.add_worksheet(),
        ["=Titre", "B"],
        [["=cmd|x", Decimal("-3.50")], ["ok", dt.date(2026, 11, 25)]],
        formats,
    )
    book.close()
    sheet = openpyxl.load_workbook(io.BytesIO(target.getvalue())).active
    assert sheet["A2"].value == "'=cmd|x"
    assert sheet["B2"].value == -3.5
    assert sheet["B3"].value.date() == dt.date(2026, 11, 25)
    assert all(cell.data_type != "f" for row in sheet for cell in row)


@pytest.mark.parametrize("kind", [reads, form_page])
def test_a_page_cannot_write(db, rf, kind):
    @kind
    def careless(request):
        CohortFactory()
        return HttpResponse("ok")

    with pytest.raises(WriteOnRead), transaction.atomic():
        careless(rf.get("/"))
    assert Cohort.objects.count() == 0


def test_a_page_refuses_other_methods(rf):
    @reads
    def page(request):
        return HttpResponse("ok")

    assert page(rf.post("/")).status_code == 405


def test_a_broken_constraint_becomes_its_own_sentence(db):
    first = CohortFactory()
    with pytest.raises(Refused, match="porte déjà ce nom"), refusing(Cohort):
        CohortFactory(name=first.name, territory=first.territory)
    with pytest.raises(Refused, match="précède"), refusing(Cohort):
        CohortFactory(starts_on=dt.date(2026, 5, 1), ends_on=dt.date(2026, 4, 1))
