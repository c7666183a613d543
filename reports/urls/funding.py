from django.urls import path

from reports.views.funding import acts, budget, evidence, indicators, lines, operations

_LINE = "financements/<int:funding_id>/"
_OPERATION = "operations/<int:operation_id>/"

urlpatterns = [
    path("financements/", lines.of_seat, name="funding"),
    path("financements/demander/", lines.ask, name="ask_funding"),
    path(_LINE, lines.line, name="funding_line"),
    path(f"{_LINE}corriger/", lines.words, name="edit_funding"),
    path(f"{_LINE}repartir/", lines.share, name="share_funding"),
    path(f"{_LINE}accord/", acts.grant, name="grant_funding"),
    path(f"{_LINE}refus/", acts.refuse, name="refuse_funding"),
    path(f"{_LINE}convention/", acts.agree, name="agree_funding"),
    path(f"{_LINE}versement/", acts.receive, name="receive_funding"),
    path(f"{_LINE}echeance/", acts.plan, name="plan_due"),
    path(f"{_LINE}solder/", acts.close, name="close_funding"),
    path(f"{_LINE}abandonner/", acts.drop, name="drop_funding"),
    path("financements/versements/<int:money_id>/annuler/", acts.reverse, name="reverse_receipt"),
    path("financements/echeances/<int:due_id>/remettre/", acts.hand, name="hand_due"),
    path("financements/echeances/<int:due_id>/retirer/", acts.call_off, name="call_off_due"),
    path("operations/nommer/", operations.add, name="add_operation"),
    path(_OPERATION, operations.operation, name="operation"),
    path(f"{_OPERATION}corriger/", operations.edit, name="edit_operation"),
    path(f"{_OPERATION}indicateurs/", indicators.indicators, name="indicators"),
    path(f"{_OPERATION}indicateurs/tableur/", indicators.export, name="export_indicators"),
    path(f"{_OPERATION}publie/", indicators.published, name="published_indicators"),
    path(f"{_OPERATION}preuves/", evidence.of_operation, name="operation_evidence"),
    path(
        f"{_OPERATION}preuves/tableur/",
        evidence.sheet_of_operation,
        name="operation_evidence_sheet",
    ),
    path(
        f"{_OPERATION}preuves/archive/",
        evidence.bundle_of_operation,
        name="operation_evidence_bundle",
    ),
    path(f"{_OPERATION}affiche/", evidence.poster, name="operation_poster"),
    path("cohortes/<int:cohort_id>/preuves/", evidence.of_cohort, name="evidence"),
    path(
        "cohortes/<int:cohort_id>/preuves/tableur/",
        evidence.sheet_of_cohort,
        name="evidence_sheet",
    ),
    path("cohortes/<int:cohort_id>/budget/", budget.of_cohort, name="budget"),
    path("cohortes/<int:cohort_id>/budget/cout/", budget.note_cost, name="note_cost"),
    path(
        "cohortes/<int:cohort_id>/budget/couts/<int:cost_id>/retirer/",
        budget.withdraw_cost,
        name="withdraw_cost",
    ),
]
