"""Who opens each address of selling; near misses are everybody else."""

from tests.access_row import ANYONE, Row, act, page

SELLING: dict[str, Row] = {
    # --- the host decides how it sells
    "projects:seller_terms": page("helene", "hugo"),
    "projects:vat": page("helene", "hugo"),
    # --- the coordination sells in its name
    "projects:selling": page("driss"),
    "projects:customers": page("driss"),
    "projects:add_customer": page("driss"),
    "projects:customer": page("driss"),
    "projects:archive_customer": act("driss"),
    "projects:products": page("driss"),
    "projects:add_product": page("driss"),
    "projects:product": page("driss"),
    "projects:quotes": page("driss"),
    "projects:add_quote": page("driss"),
    "projects:edit_quote": page("driss"),
    "projects:submit_quote": act("driss"),
    "projects:send_quote": act("driss"),
    "projects:link_quote": act("driss"),
    "projects:mail_quote": act("driss"),
    "projects:answer_quote": act("driss"),
    "projects:lapse_quote": act("driss"),
    "projects:replace_quote": act("driss"),
    # --- the host reads, validates or sends back
    "projects:quote": page("driss", "helene"),
    "projects:quote_preview": page("driss", "helene"),
    "projects:approve_quote": act("helene"),
    "projects:send_back_quote": act("driss", "helene"),
    # --- the customer, by a link that is the key
    "projects:quote_link": ANYONE,
    "projects:quote_link_pdf": ANYONE,
}
