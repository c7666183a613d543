"""Finding the contract, the file or the notice that an address names, within what the seat may see."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from cohorts.models import AuthorityNotice, Contract, ContractAmendment, ContractFile
from cohorts.services.contract_files import read_file
from ct_platform.kit.actor import Actor
from ct_platform.kit.scans import TYPES


def contract_in(actor: Actor, cohort_id: int, contract_id: int) -> Contract:
    rows = Contract.objects.visible_to(actor).of_cohort(cohort_id)
    return get_object_or_404(
        rows.select_related(
            "enrolment__person", "enrolment__cohort__host", "enrolment__cohort__territory",
            "eligibility", "document", "renews", "scan", "signature_recorded_by",
        ).prefetch_related("points"),
        pk=contract_id,
    )  # fmt: skip


def amendment_in(actor: Actor, cohort_id: int, amendment_id: int) -> ContractAmendment:
    rows = ContractAmendment.objects.visible_to(actor).of_cohort(cohort_id)
    return get_object_or_404(
        rows.select_related("contract__enrolment__person", "contract__enrolment__cohort"),
        pk=amendment_id,
    )


def notice_in(actor: Actor, notice_id: int) -> AuthorityNotice:
    rows = AuthorityNotice.objects.visible_to(actor).select_related(
        "contract__enrolment__person", "contract__enrolment__cohort__host", "letter", "proof"
    )
    return get_object_or_404(rows, pk=notice_id)


def file_in(actor: Actor, file_id: int) -> ContractFile:
    return get_object_or_404(ContractFile.objects.visible_to(actor), pk=file_id)


def hand_out(file: ContractFile) -> HttpResponse:
    """Always a download, never shown inside the site, never cached."""
    suffix = str(file.file.name).rpartition(".")[2]
    response = HttpResponse(
        read_file(file), content_type=TYPES.get(suffix, "application/octet-stream")
    )
    name = f"{file.purpose}-{file.pk}.{suffix}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
