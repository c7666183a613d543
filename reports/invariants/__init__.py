"""What must always be true of frozen reports."""

from collections.abc import Iterable
from decimal import Decimal

from ct_platform.kit.invariants import Invariant, register
from reports.enums import OUT, ReportState
from reports.models import Basis, PublishedFigure, Question, Report, ShareLink, Snapshot
from reports.rules import fingerprint
from reports.trends import added_values


def _figures_that_changed() -> Iterable[str]:
    for snapshot in Snapshot.objects.select_related("document").iterator():
        if fingerprint(snapshot.figures) != snapshot.figures_hash:
            yield f"Les chiffres du rapport {snapshot.pk} ne sont plus ceux qui ont été figés."
        if snapshot.document.snapshot.get("figures") != snapshot.figures:
            yield f"Le papier du rapport {snapshot.pk} ne porte pas ses chiffres."


def _figures_told_otherwise() -> Iterable[str]:
    """What is added up over reports is what they say, figure by figure."""
    kept: dict[int, set[tuple[str, Decimal]]] = {}
    for key, code, value in PublishedFigure.objects.values_list("snapshot_id", "code", "value"):
        kept.setdefault(key, set()).add((code, value))
    for key, figures in Snapshot.objects.values_list("pk", "figures").iterator(chunk_size=200):
        if set(added_values(figures)) != kept.get(key, set()):
            yield f"Les sommes du suivi ne portent pas les chiffres du rapport {key}."


def _published_beyond_its_basis() -> Iterable[str]:
    """A report without its basis could not be compared with the next one."""
    for key in Snapshot.objects.filter(basis__isnull=True).values_list("pk", flat=True):
        yield f"Le rapport {key} n’a plus sa base de comparaison."
    for basis in Basis.objects.select_related("snapshot").iterator():
        shown = {
            item["code"] for item in basis.snapshot.figures["figures"] if item["value"] is not None
        }
        for code, table in basis.tables.items():
            hidden = {f"{code}.{cell}" for cell in table["hidden"]}
            if not table["total_shown"]:
                hidden |= {code, f"{code}.total"}
            if hidden & shown:
                yield f"Le rapport {basis.snapshot_id} montre un chiffre qu’il devait masquer."


def _papers_of_others() -> Iterable[str]:
    """The paper of a report, with or without words, carries its figures and no others."""
    for report in Report.objects.select_related("snapshot", "document").iterator():
        if report.cohort_id != report.snapshot.cohort_id:
            yield f"L’échange {report.pk} n’est pas de la cohorte de son rapport."
        if report.document.snapshot.get("figures") != report.snapshot.figures:
            yield f"Le papier de l’échange {report.pk} ne porte pas les chiffres de son rapport."


def _lives_out_of_order() -> Iterable[str]:
    """Replaced means that a correction was sent, and the other way round; final, that all is answered."""
    corrected = Report.objects.filter(replaces__isnull=False, state__in=OUT)
    for key in corrected.exclude(replaces__state=ReportState.REPLACED).values_list("pk", flat=True):
        yield f"La correction {key} est envoyée, et le rapport qu’elle corrige n’est pas remplacé."
    alone = Report.objects.filter(state=ReportState.REPLACED)
    for key in alone.exclude(pk__in=corrected.values("replaces")).values_list("pk", flat=True):
        yield f"Le rapport {key} est remplacé sans qu’une correction soit envoyée."
    final = Report.objects.filter(state=ReportState.FINAL).with_open_questions()
    for key in final.values_list("pk", flat=True):
        yield f"Le rapport {key} est définitif, et une question attend encore sa réponse."


def _outside_their_recipients() -> Iterable[str]:
    """Questions and links are those of organisations the report was sent to."""
    told = set(Report.objects.values_list("pk", "recipients__organisation"))
    for asked in Question.objects.select_related("report__snapshot").iterator():
        if (asked.report_id, asked.organisation_id) not in told:
            yield f"La question {asked.pk} vient d’une organisation qui n’a pas reçu le rapport."
        if asked.code not in {i["code"] for i in asked.report.snapshot.figures["figures"]}:
            yield f"La question {asked.pk} porte sur un chiffre que le rapport n’a pas."
    for key, report, organisation in ShareLink.objects.values_list(
        "pk", "report_id", "organisation_id"
    ):
        if (report, organisation) not in told:
            yield f"Le lien {key} est au nom d’une organisation qui n’a pas reçu le rapport."


def register_all() -> None:
    for code, sentence, check in (
        ("reports.sums", "Les sommes du suivi sont celles des rapports.", _figures_told_otherwise),
        ("reports.papers", "Le papier d’un rapport porte ses chiffres.", _papers_of_others),
        ("reports.lives", "Un rapport remplacé a sa correction envoyée.", _lives_out_of_order),
        ("reports.exchange", "Seul qui a reçu un rapport l’interroge.", _outside_their_recipients),
    ):
        register(Invariant(code, sentence, check))
    register(
        Invariant(
            "reports.figures",
            "Les chiffres d’un rapport figé ne changent pas.",
            _figures_that_changed,
        )
    )
    register(
        Invariant(
            "reports.masks",
            "Un rapport ne montre rien de ce qu’il devait masquer.",
            _published_beyond_its_basis,
        )
    )
