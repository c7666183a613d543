"""The buttons of a run for one reader: one main act per state, the rest outlined."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from ct_platform.kit.actor import Actor
from payroll import perms
from payroll.enums import PayRunState
from payroll.models import PayRun


@dataclass(frozen=True, slots=True)
class Button:
    """`posts`: the act itself, else a page that asks first."""

    label: str
    url: str
    icon: str = ""
    posts: bool = False
    main: bool = False


def actions_of(actor: Actor, run: PayRun) -> list[Button]:
    """Outlined buttons first, the main one last, as on paper: right-hand side."""
    buttons = [_reopen(run)] if perms.may_reopen(actor, run) else []
    if run.is_draft and perms.may_prepare_pay(actor):
        buttons.append(Button(_("Modifier le brouillon"), _to("edit_draft", run)))
    if run.is_issued and perms.may_follow_payments(actor):
        paying = run.state == PayRunState.ISSUED and perms.may_pay(actor) and run.makes_slips
        name, icon = ("papers", "papier") if paying else ("payments", "paie")
        label = _("Voir les papiers") if paying else _("Voir les paiements")
        buttons.append(Button(label, _to(name, run), icon))
    if not run.is_draft and perms.may_export(actor):
        buttons.append(Button(_("Exports"), _to("exports", run), "telecharger"))
    main = _main(actor, run)
    return [*buttons, main] if main else buttons


def _main(actor: Actor, run: PayRun) -> Button | None:
    prepares, approves = perms.may_prepare_pay(actor), perms.may_approve(actor)
    match run.state:
        case PayRunState.DRAFT if prepares:
            return Button(_("Prendre la photo"), _to("freeze", run), "horloge", True, True)
        case PayRunState.FROZEN if prepares:
            return Button(_("Calculer les parts"), _to("compute", run), "cagnotte", True, True)
        case PayRunState.COMPUTED if prepares:
            return Button(
                _("J’ai relu, envoyer à l’hôte"), _to("review", run), "fleche", False, True
            )
        case PayRunState.REVIEWED if approves and run.reviewed_by_id != actor.person_id:
            return Button(_("J’approuve"), _to("approve", run), "cle", False, True)
        case PayRunState.APPROVED if perms.may_issue(actor) and not run.makes_slips:
            return Button(_("Remettre à l’hôte"), _to("issue", run), "papier", False, True)
        case PayRunState.APPROVED if perms.may_issue(actor):
            return Button(_("Émettre les bulletins"), _to("issue", run), "papier", False, True)
        case PayRunState.ISSUED if perms.may_handle_uploads(actor) and not run.makes_slips:
            uploads = reverse("payroll:uploads", args=[run.cohort_id])
            address = f"{uploads}?mois={run.month.isoformat()}"
            return Button(_("Déposer des bulletins"), address, "telecharger", False, True)
        case PayRunState.ISSUED if perms.may_pay(actor):
            return Button(_("Payer"), _to("payments", run), "fleche", False, True)
        case PayRunState.ISSUED | PayRunState.PAID:
            return Button(_("Voir les papiers"), _to("papers", run), "papier", False, True)
    return None


def _reopen(run: PayRun) -> Button:
    return Button(_("Rouvrir la paie"), _to("reopen", run), "retour")


def _to(name: str, run: PayRun) -> str:
    return reverse(f"payroll:{name}", args=[run.cohort_id, run.pk])
