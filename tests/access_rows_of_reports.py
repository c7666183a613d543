"""Who opens each address of the exchange around a report: sent to Elsa's chamber and to Hélène's host."""

from tests.access_row import ANYONE, Row, act, page

REPORTS: dict[str, Row] = {
    "reports:territory": page("driss", "elsa", "helene", "nora"),
    "reports:ask_for": act("elsa", "helene"),
    "reports:data": page("driss", "elsa", "helene", "nora"),
    # --- the coordination of the cohort alone; its neighbour learns nothing
    "reports:comment": act("driss"),
    "reports:review": act("driss"),
    "reports:reopen": act("driss"),
    "reports:drop": act("driss"),
    "reports:send": act("driss"),
    "reports:correct": act("driss"),
    "reports:answer": act("driss"),  # Elsa asked: she reads the answer, and gives none
    # --- organisations that received it
    "reports:ask": act("elsa", "helene"),
    "reports:accept": act("elsa", "helene"),
    "reports:share": act("driss", "elsa", "helene"),
    "reports:close_link": act("driss", "elsa"),  # a link of the chamber: the host never sees it
    # --- without an account
    "reports:open": ANYONE,
    "reports:shared": ANYONE,
    "reports:shared_pdf": ANYONE,
}
