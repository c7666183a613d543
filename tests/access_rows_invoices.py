"""Who opens each address of invoices: the coordination makes, the host looks and numbers, the group reads."""

from tests.access_row import ANYONE, COOPERANTS, Row, act, page

INVOICES: dict[str, Row] = {
    "projects:invoices": page("driss"),
    "projects:add_invoice": page("driss"),
    "projects:edit_invoice": page("driss"),
    "projects:invoice_of_quote": page("driss"),
    "projects:invoice": page("driss", "helene"),
    "projects:invoice_preview": page("driss", "helene"),
    "projects:submit_invoice": act("driss"),
    "projects:approve_invoice": act("helene"),
    # The host asks for a change; the coordination takes back what it sent.
    "projects:send_back_invoice": act("driss", "helene"),
    "projects:issue_invoice": act("driss", "helene"),
    "projects:number_invoice": act("helene"),
    "projects:drop_invoice": act("driss"),
    "projects:mail_invoice": act("driss"),
    "projects:hand_invoice": act("driss"),
    "projects:credit_invoice": page("driss"),
    "projects:statement": page("driss"),
    "projects:statement_pdf": page("driss"),
    "projects:host_invoices": page("helene", "hugo"),
    "projects:my_invoices": Row(COOPERANTS),
    # The customer's link: a token of ours, or 404.
    "projects:invoice_link": ANYONE,
}
