"""Addresses of invoices, joined to those of the app."""

from django.urls import path

from projects.views import invoice_acts, invoice_credit, invoice_readers, invoices

ROOM = "cohortes/<int:cohort_id>/ventes/"
INVOICE = f"{ROOM}factures/<int:invoice_id>/"

urlpatterns = [
    path("ventes/factures/", invoice_acts.host_invoices, name="host_invoices"),
    path("mes-factures/", invoice_readers.my_invoices, name="my_invoices"),
    path(f"{ROOM}factures/", invoices.invoices, name="invoices"),
    path(f"{ROOM}factures/nouvelle/", invoices.add_invoice, name="add_invoice"),
    path(
        f"{ROOM}devis/<int:quote_id>/facturer/", invoices.invoice_of_quote, name="invoice_of_quote"
    ),
    path(INVOICE, invoice_acts.invoice, name="invoice"),
    path(f"{INVOICE}corriger/", invoices.edit_invoice, name="edit_invoice"),
    path(f"{INVOICE}apercu/", invoice_acts.invoice_preview, name="invoice_preview"),
    path(f"{INVOICE}a-valider/", invoice_acts.submit_invoice, name="submit_invoice"),
    path(f"{INVOICE}valider/", invoice_acts.approve_invoice, name="approve_invoice"),
    path(f"{INVOICE}rendre/", invoice_acts.send_back_invoice, name="send_back_invoice"),
    path(f"{INVOICE}emettre/", invoice_acts.issue_invoice, name="issue_invoice"),
    path(f"{INVOICE}numero/", invoice_acts.number_invoice, name="number_invoice"),
    path(f"{INVOICE}abandonner/", invoice_acts.drop_invoice, name="drop_invoice"),
    path(f"{INVOICE}message/", invoice_acts.mail_invoice, name="mail_invoice"),
    path(f"{INVOICE}remise/", invoice_acts.hand_invoice, name="hand_invoice"),
    path(f"{INVOICE}avoir/", invoice_credit.credit_invoice, name="credit_invoice"),
    path(f"{ROOM}clients/<int:customer_id>/releve/", invoice_readers.statement, name="statement"),
    path(
        f"{ROOM}clients/<int:customer_id>/releve/pdf/",
        invoice_readers.statement_pdf,
        name="statement_pdf",
    ),
    # The customer's link: the token is the key.
    path("facture/<str:token>/", invoice_readers.invoice_link, name="invoice_link"),
]
