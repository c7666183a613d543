"""What a closing looks at in the cohort itself: mandates, contracts, files, presences, papers."""

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.translation import gettext as _say
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cohorts import archive
from cohorts.closing import Check, Line, lines, register
from cohorts.enums import EnrolmentState
from cohorts.enums.closing import Severity
from cohorts.enums.contracts import BINDING, ContractKind, ContractState
from cohorts.enums.sessions import CorrectionSide, CorrectionState
from cohorts.models import Cohort, Contract, CorrectionRequest, Enrolment, ExitSituation, Mandate
from cohorts.papers.cape_ends import KIND as CAPE_END
from cohorts.rules.completeness import is_alarming
from cohorts.selectors.participants import incomplete_files
from ct_platform.kit.clock import format_day
from ct_platform.kit.delivery import DeliveryStatus
from documents.enums import DocumentStatus
from documents.models import Document, Rendering


def _at(name: str, cohort: Cohort, **more: Any) -> str:
    return reverse(f"cohorts:{name}", kwargs={"cohort_id": cohort.pk, **more})


def _mandates(cohort: Cohort, today: dt.date) -> Any:
    running = Mandate.objects.of_cohort(cohort.pk).in_force(today)
    return lines("mandates", running, person="enrolment__person", words="title", day="starts_on")


def _contracts(cohort: Cohort, today: dt.date) -> Any:
    """Signed and still running; those nobody signed are said too."""
    open_states = (ContractState.DRAFT, ContractState.TO_SIGN, ContractState.SIGNED)
    rows = Contract.objects.of_cohort(cohort.pk).in_state(*open_states)
    return lines("contracts", rows, person="enrolment__person", words="state", day="ends_on")


def _cape_ends(cohort: Cohort, today: dt.date) -> Any:
    given = Document.objects.filter(
        kind=CAPE_END,
        cohort_key=cohort.pk,
        subject_id=OuterRef("person_id"),
        status=DocumentStatus.VALID,
    )
    capes = Contract.objects.filter(
        enrolment_id=OuterRef("pk"), kind=ContractKind.CAPE, state__in=BINDING
    )
    rows = Enrolment.objects.of_cohort(cohort.pk).filter(Exists(capes), ~Exists(given))
    return lines("cape_ends", rows, person="person")


def _exits(cohort: Cohort, today: dt.date) -> Any:
    known = ExitSituation.objects.filter(enrolment_id=OuterRef("pk"))
    rows = (
        Enrolment.objects.of_cohort(cohort.pk)
        .exclude(state=EnrolmentState.SELECTED)
        .filter(~Exists(known))
    )
    return lines("exits", rows, person="person", day="left_on")


def _corrections(code: str, side: CorrectionSide) -> Any:
    def rows(cohort: Cohort, today: dt.date) -> Any:
        asked = CorrectionRequest.objects.of_cohort(cohort.pk).filter(
            state=CorrectionState.OPEN, side=side
        )
        return lines(
            code,
            asked,
            person="enrolment__person",
            words="slot__session__title",
            day="slot__session__day",
            number="slot__session_id",
        )

    return rows


def _to_session(cohort: Cohort, line: Line | None) -> str:
    if line is None or line.number is None:
        return _at("calendar", cohort)
    return _at("session", cohort, session_id=line.number)


def _failed_papers(cohort: Cohort, today: dt.date) -> Any:
    rows = Rendering.objects.filter(
        document__cohort_key=cohort.pk, status=DeliveryStatus.FAILED
    ).exclude(document__status=DocumentStatus.REVOKED)
    return lines(
        "papers",
        rows,
        key="document_id",
        person="document__subject",
        words="document__title",
        day=TruncDate("document__issued_at"),
    )


def _incomplete(cohort: Cohort, today: dt.date) -> list[Line]:
    """Said only above the share from which the managing authority may correct the grant."""
    missing, total = incomplete_files(cohort)
    if not is_alarming(len(missing), total):
        return []
    return [
        Line(str(one.enrolment.pk), one.enrolment.person.full_name, number=len(one.missing_words))
        for one in missing
    ]


def _of_person(name: str) -> Any:
    def url(cohort: Cohort, line: Line | None) -> str:
        if line is None:
            return _at("files", cohort)
        return _at(name, cohort, enrolment_id=int(line.key))

    return url


def _contract_words(line: Line) -> str:
    day = format_day(line.day) if line.day else ""
    if line.words == ContractState.SIGNED:
        return _say("Contrat signé, jusqu’au %(day)s, pas noté fini.") % {"day": day}
    return _say("Contrat jamais signé.")


def _exit_words(line: Line) -> str:
    if line.day:
        return _say("Situation à la sortie à noter (départ le %(day)s).") % {
            "day": format_day(line.day)
        }
    return _say("Situation à la sortie à noter.")


def _file_words(line: Line) -> str:
    said = ngettext("Il manque %(n)d réponse.", "Il manque %(n)d réponses.", line.number or 0)
    return said % {"n": line.number or 0}


def keep_open() -> None:
    """What people and the law still ask of a cohort that is archived."""
    archive.keep_open(
        "People come back for their papers.",
        "cohorts:issue_skills", "cohorts:cape_ends", "cohorts:closing_retry",
    )  # fmt: skip
    archive.keep_open(
        "Reading what is private is recorded, so it is asked by POST; writing it is refused inside.",
        "cohorts:file_sensitive", "cohorts:file_proof", "cohorts:files_export",
    )  # fmt: skip
    archive.keep_open(
        "The host still owes notices to the authorities (C. trav. R5142-1).",
        "cohorts:contract_notice", "cohorts:contract_letter",
    )  # fmt: skip
    archive.keep_open(
        "What a person shows, and where their agenda goes, is theirs to take back.",
        "cohorts:show_skills", "cohorts:renew_feed", "cohorts:close_feed", "cohorts:choose_reminder",
    )  # fmt: skip
    archive.keep_open(
        "What comes next is followed after the exit, and the news come once the group is over.",
        "cohorts:my_next", "cohorts:my_next_project", "cohorts:my_next_step",
        "cohorts:my_next_settle", "cohorts:my_next_helper", "cohorts:my_next_show",
        "cohorts:my_next_remove_helper", "cohorts:my_next_news", "cohorts:next",
        "cohorts:next_project", "cohorts:next_step", "cohorts:next_settle", "cohorts:next_helper",
        "cohorts:next_remove_helper", "cohorts:next_news", "cohorts:exit_interview",
        "cohorts:after", "cohorts:after_call",
    )  # fmt: skip
    archive.keep_open(
        "Third persons may be erased at any time (RGPD art. 17); contacts kept stay one's own.",
        "cohorts:erase_guest", "cohorts:erase_contact", "cohorts:withdraw_contact_consent",
        "cohorts:keep_contact", "cohorts:let_contact_go",
    )  # fmt: skip
    archive.keep_open(
        "Years later somebody comes back for their papers, without their old phone.",
        "cohorts:recovery", "cohorts:approve_recovery", "cohorts:renew_recovery_card",
        "cohorts:refuse_recovery",
    )  # fmt: skip
    archive.keep_open(
        "Reading what is private is recorded, so it is asked by POST.",
        "cohorts:absence_reason", "cohorts:read_application",
    )  # fmt: skip
    archive.keep_open("Another cohort is made from it; nothing of it changes.", "cohorts:clone")


def register_checks() -> None:
    """Called once, from CohortsConfig.ready()."""
    keep_open()
    for check in (
        Check(
            code="corrections",
            title=_("Corrections de présence demandées par les personnes"),
            settled=_("Aucune demande n’attend votre réponse."),
            why=_("Une fois la coopérative archivée, les feuilles ne changent plus."),
            severity=Severity.BLOCKS,
            icon="calendrier",
            rows=_corrections("corrections", CorrectionSide.PERSON),
            tell=lambda line: f"{line.words}, {format_day(line.day)}" if line.day else line.words,
            mend=_to_session,
        ),
        Check(
            code="papers",
            title=_("Papiers en échec"),
            settled=_("Tous les papiers demandés sont faits."),
            why=_("Quelqu’un attend ce papier. Rien n’est perdu : il se refait."),
            severity=Severity.BLOCKS,
            icon="papier",
            rows=_failed_papers,
            tell=lambda line: line.words,
            mend=lambda cohort, line: _at("papers", cohort),
            button=_("Refaire les papiers en échec"),
            act=lambda cohort: _at("closing_retry", cohort),
        ),
        Check(
            code="asked_corrections",
            title=_("Corrections de présence qui attendent une personne"),
            settled=_("Aucune demande n’attend la réponse de quelqu’un."),
            why=_("Sans réponse, la présence reste comme elle est."),
            severity=Severity.WARNS,
            icon="calendrier",
            rows=_corrections("asked_corrections", CorrectionSide.COORDINATION),
            tell=lambda line: f"{line.words}, {format_day(line.day)}" if line.day else line.words,
            mend=_to_session,
        ),
        Check(
            code="mandates",
            title=_("Mandats encore en cours"),
            settled=_("Aucun mandat ne court plus."),
            why=_("Un mandat se finit par une décision du groupe, ou à sa date."),
            severity=Severity.WARNS,
            icon="groupe",
            rows=_mandates,
            tell=lambda line: line.words,
            mend=lambda cohort, line: _at("people", cohort),
        ),
        Check(
            code="contracts",
            title=_("Contrats pas finis"),
            settled=_("Tous les contrats sont finis ou annulés."),
            why=_("La coopérative hôte note la fin de chaque contrat."),
            severity=Severity.WARNS,
            icon="attestation",
            rows=_contracts,
            tell=_contract_words,
            mend=lambda cohort, line: (
                _at("contracts", cohort)
                if line is None
                else _at("contract", cohort, contract_id=int(line.key))
            ),
        ),
        Check(
            code="cape_ends",
            title=_("Attestations de fin de CAPE"),
            settled=_("Chaque personne en CAPE a son attestation de fin."),
            why=_("La coopérative hôte la donne à partir d’un mois avant la fin, et encore après."),
            severity=Severity.WARNS,
            icon="attestation",
            rows=_cape_ends,
            tell=lambda line: _say("Attestation de fin de CAPE à donner par la coopérative hôte."),
            mend=lambda cohort, line: _at("contracts", cohort),
        ),
        Check(
            code="exits",
            title=_("Situations à la sortie"),
            settled=_("La situation de chaque personne à la sortie est notée."),
            why=_(
                "Elle se note pendant l’entretien de sortie, dans les quatre semaines du départ."
            ),
            severity=Severity.WARNS,
            icon="groupe",
            rows=_exits,
            tell=_exit_words,
            mend=_of_person("file_exit"),
        ),
        Check(
            code="files",
            title=_("Dossiers d’entrée incomplets"),
            settled=_("Les dossiers d’entrée sont assez complets (moins de 35 % à compléter)."),
            why=_(
                "Au-dessus de 35 % de dossiers incomplets, l’autorité de gestion peut réduire l’aide."
            ),
            severity=Severity.WARNS,
            icon="papier",
            found=_incomplete,
            tell=_file_words,
            mend=_of_person("file"),
        ),
    ):
        register(check)
