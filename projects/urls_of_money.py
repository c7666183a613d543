"""Addresses of getting paid: payments, reminders, the cash box, the bank."""

from django.urls import path

from projects.views import bank, bank_lines, cash, cash_box, payments, reminders

urlpatterns = [
    path("cohortes/<int:cohort_id>/encaissements/", payments.payments, name="payments"),
    path(
        "cohortes/<int:cohort_id>/encaissements/<int:received_id>/annuler/",
        payments.reverse,
        name="reverse_payment",
    ),
    path(
        "cohortes/<int:cohort_id>/factures/<int:invoice_id>/encaissements/",
        payments.invoice_payments,
        name="invoice_payments",
    ),
    path(
        "cohortes/<int:cohort_id>/factures/<int:invoice_id>/compenser/",
        payments.set_off,
        name="set_off",
    ),
    path(
        "cohortes/<int:cohort_id>/factures/<int:invoice_id>/relancer/",
        reminders.remind,
        name="remind",
    ),
    path(
        "cohortes/<int:cohort_id>/relances/<int:reminder_id>/",
        reminders.letter,
        name="reminder_letter",
    ),
    path(
        "reste-a-payer/<int:reminder_id>/<str:reminder_secret>/",
        reminders.left_to_pay,
        name="left_to_pay",
    ),
    path("caisse/", cash.cash_counts, name="cash_counts"),
    path("caisse/nouveau/", cash.open_count, name="open_cash_count"),
    path("caisse/<int:count_id>/", cash.cash_count, name="cash_count"),
    path("caisse/<int:count_id>/compter/", cash.tally, name="tally_cash"),
    path("caisse/<int:count_id>/repartir/", cash.split, name="split_cash"),
    path("caisse/<int:count_id>/trancher/", cash.decide, name="decide_cash"),
    path("caisse/<int:count_id>/reprendre/", cash.counter, name="counter_cash"),
    path("cohortes/<int:cohort_id>/caisse/", cash_box.cohort_cash, name="cohort_cash"),
    path(
        "cohortes/<int:cohort_id>/caisse/nouveau/", cash.open_count, name="open_cohort_cash_count"
    ),
    path("cohortes/<int:cohort_id>/caisse/remise/", cash_box.hand_over, name="hand_over_cash"),
    path(
        "cohortes/<int:cohort_id>/caisse/remise/<int:handover_id>/annuler/",
        cash_box.take_back,
        name="take_back_cash",
    ),
    path("banque/", bank.bank, name="bank"),
    path("banque/<int:statement_id>/", bank.statement, name="bank_statement"),
    path("banque/<int:statement_id>/colonnes/", bank.columns, name="bank_columns"),
    path("banque/<int:statement_id>/abandonner/", bank.drop, name="drop_statement"),
    path("banque/<int:statement_id>/oublier/", bank.forget, name="forget_bank_lines"),
    path("banque/lignes/<int:line_id>/", bank_lines.choose, name="choose_invoice"),
    path("banque/lignes/<int:line_id>/confirmer/", bank_lines.confirm, name="confirm_match"),
    path("banque/lignes/<int:line_id>/distinguer/", bank_lines.separate, name="tell_lines_apart"),
    path(
        "banque/rapprochements/<int:match_id>/defaire/", bank_lines.undo, name="undo_match"
    ),
]  # fmt: skip
