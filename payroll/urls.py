from django.urls import path

from payroll.views import (
    account,
    accounts,
    adjustments,
    bank,
    cohort_books,
    epayslip,
    files,
    host,
    host_slips,
    my_pay,
    personal_terms,
    pot,
    profiles,
    refund_orders,
    refunds,
    runs,
    standing,
    steps,
)
from payroll.views import corrections as corrected
from payroll.views import payments as paying

app_name = "payroll"
_PAY = "cohortes/<int:cohort_id>/paie/"
_RUN = "cohortes/<int:cohort_id>/paie/<int:run_id>/"
_ORDER = f"{_RUN}paiement/envois/<int:order_id>/"

# --- one's own pay
own = [
    path("ma-paie/", my_pay.my_pay, name="my_pay"),
    path("ma-paie/<int:share_id>/", my_pay.my_pay_of, name="my_pay_of"),
    path("ma-paie/bulletin/", epayslip.choose_slip, name="choose_slip"),
    path("ma-paie/<int:share_id>/heures/", my_pay.my_pay_hours, name="my_pay_hours"),
    path("ma-paie/<int:share_id>/pot/", my_pay.my_pay_pot, name="my_pay_pot"),
    path("ma-paie/<int:share_id>/et-si/", my_pay.my_pay_what_if, name="my_pay_what_if"),
]
# --- where we stand
stand = [
    path("ou-on-en-est/", standing.my_standing, name="my_standing"),
    path("cohortes/<int:cohort_id>/ou-on-en-est/", standing.standing, name="standing"),
]
# --- a run, step by step
run = [
    path("cohortes/<int:cohort_id>/paie/", runs.list_runs, name="runs"),
    path(_RUN, runs.show_run, name="run"),
    path(f"{_RUN}pot/", pot.show_pot, name="pot"),
    path(f"{_RUN}modifier/", runs.edit_draft, name="edit_draft"),
    path(f"{_RUN}photographier/", steps.freeze, name="freeze"),
    path(f"{_RUN}calculer/", steps.compute, name="compute"),
    path(f"{_RUN}relire/", steps.review, name="review"),
    path(f"{_RUN}approuver/", steps.approve, name="approve"),
    path(f"{_RUN}emettre/", steps.issue, name="issue"),
    path(f"{_RUN}rouvrir/", steps.reopen, name="reopen"),
    path(f"{_RUN}papiers/", steps.papers, name="papers"),
]
# --- how slips are received, and where they are
delivery = [
    path(f"{_PAY}papier-ou-ecran/", epayslip.slip_choices, name="slip_choices"),
    path(f"{_PAY}papier-ou-ecran/demande/", epayslip.slip_said, name="slip_said"),
    path(f"{_RUN}remise/", epayslip.slip_delivery, name="slip_delivery"),
    path(f"{_RUN}remise/<int:payslip_id>/", epayslip.slip_given, name="slip_given"),
]
# --- the host's settings
settings = [
    path("coop-hote/reglages/", host.host_settings, name="host_settings"),
    path("coop-hote/profils/<int:profile_id>/confirmer/", profiles.confirm, name="confirm_profile"),
    path(
        "coop-hote/profils/<int:profile_id>/nouvelle-version/", profiles.write, name="write_profile"
    ),
    path("coop-hote/profils/<int:profile_id>/reponse/", profiles.answer, name="profile_answer"),
    path(
        "cohortes/<int:cohort_id>/conditions-de-paie/",
        personal_terms.list_terms,
        name="personal_terms",
    ),
    path(
        "cohortes/<int:cohort_id>/conditions-de-paie/<int:enrolment_id>/",
        personal_terms.write,
        name="write_terms",
    ),
]
settings += [path("coop-hote/comptes/", accounts.host_accounts, name="host_accounts")]
# --- money sent
payments = [
    path("ma-paie/compte-bancaire/", bank.my_bank, name="my_bank"),
    path(f"{_PAY}comptes-bancaires/", bank.bank_accounts, name="bank_accounts"),
    path(
        f"{_PAY}comptes-bancaires/<int:enrolment_id>/",
        bank.bank_account_of,
        name="bank_account_of",
    ),
    path("coop-hote/compte-bancaire/", bank.host_bank, name="host_bank"),
    path(f"{_PAY}acomptes/", adjustments.adjustments, name="adjustments"),
    path(
        f"{_PAY}acomptes/<int:adjustment_id>/annuler/",
        adjustments.cancel,
        name="cancel_adjustment",
    ),
    path(f"{_RUN}paiement/", paying.payments, name="payments"),
    path(f"{_RUN}paiement/terminer/", paying.close, name="close"),
    path(f"{_ORDER}", paying.order, name="order"),
    path(f"{_ORDER}fichier/", paying.order_file, name="order_file"),
    path(f"{_ORDER}liste/", paying.order_list, name="order_list"),
    path(f"{_ORDER}lettres/", paying.order_letters, name="order_letters"),
    path(f"{_RUN}paiement/<int:payment_id>/rejeter/", paying.reject, name="reject_payment"),
    path("ma-paie/mon-compte/", account.my_account, name="my_account"),
    path(
        f"{_PAY}mouvements/<int:enrolment_id>/",
        account.account_of,
        name="account_of",
    ),
]
# --- what people advanced, given back apart from pay
_REFUNDS = f"{_PAY}remboursements/"
_REFUND_ORDER = f"{_REFUNDS}envois/<int:order_id>/"
advanced = [
    path(_REFUNDS, refunds.refunds, name="refunds"),
    path(f"{_REFUNDS}<int:enrolment_id>/", refunds.refund, name="refund"),
    path(f"{_REFUNDS}<int:refund_id>/annuler/", refunds.cancel, name="cancel_refund"),
    path(_REFUND_ORDER, refund_orders.order, name="refund_order"),
    path(f"{_REFUND_ORDER}fichier/", refund_orders.order_file, name="refund_file"),
    path(f"{_REFUND_ORDER}liste/", refund_orders.order_list, name="refund_list"),
    path(f"{_REFUND_ORDER}lettres/", refund_orders.order_letters, name="refund_letters"),
    path(
        f"{_REFUNDS}paiements/<int:payment_id>/rejeter/", refund_orders.reject, name="reject_refund"
    ),
]
# --- corrections of issued slips
corrections = [
    path(f"{_RUN}corriger/<int:share_id>/", corrected.correct, name="correct"),
    path(f"{_RUN}corrections/<int:correction_id>/", corrected.show, name="correction"),
    path(
        f"{_RUN}corrections/<int:correction_id>/emettre/", corrected.issue, name="issue_correction"
    ),
    path(
        f"{_RUN}corrections/<int:correction_id>/abandonner/",
        corrected.drop,
        name="drop_correction",
    ),
]
# --- exports of a run
_BOOKS = "cohortes/<int:cohort_id>/comptes/"
exports: list = [
    path(_BOOKS, cohort_books.cohort_books, name="cohort_books"),
    path(f"{_BOOKS}<slug:book>/", cohort_books.download, name="cohort_book"),
    path(f"{_RUN}exports/", files.list_exports, name="exports"),
    path(f"{_RUN}exports/<slug:export>/", files.download, name="export"),
]
# --- slips made elsewhere
_UPLOAD = "cohortes/<int:cohort_id>/bulletins/<int:upload_id>/"
uploads = [
    path("cohortes/<int:cohort_id>/bulletins/", host_slips.uploads, name="uploads"),
    path(_UPLOAD, host_slips.check, name="upload"),
    path(f"{_UPLOAD}distribuer/", host_slips.distribute, name="distribute_upload"),
    path(f"{_UPLOAD}abandonner/", host_slips.discard, name="discard_upload"),
    path(f"{_UPLOAD}<int:slip_id>/", host_slips.show_slip, name="uploaded_slip"),
    path(f"{_UPLOAD}<int:slip_id>/reunir/", host_slips.join, name="join_slip"),
]

urlpatterns = [
    *own,
    *stand,
    *run,
    *delivery,
    *settings,
    *payments,
    *advanced,
    *corrections,
    *exports,
    *uploads,
]
