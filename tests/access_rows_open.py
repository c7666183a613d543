"""Who opens what machines and the world read: tokens are of Elsa's chamber, the API asks for one."""

from tests.access_row import ANYONE, MACHINES, Row, act, page

OPEN: dict[str, Row] = {
    "reports:tokens": page("elsa", "farid", "nora"),
    "reports:make_token": act("elsa", "farid"),
    "reports:close_token": act("elsa", "nora"),  # Farid's chamber never sees it
    "reports:api": ANYONE,
    "reports:api_openapi": ANYONE,
    "reports:api_definitions": ANYONE,
    "reports:api_public_cohorts": ANYONE,
    "reports:api_unknown": ANYONE,
    "reports:api_releases": ANYONE,
    "reports:open_data": ANYONE,
    "reports:open_file": ANYONE,
    # --- the network alone says what everybody may take
    "reports:choose_open_year": page("nora"),
    "reports:open_year": page("nora"),
    # --- with a token, and never with a session: tests/reports/api
    "reports:api_cohorts": MACHINES,
    "reports:api_territories": MACHINES,
    "reports:api_territory": MACHINES,
    "reports:api_reports": MACHINES,
    "reports:api_report": MACHINES,
    "reports:api_years": MACHINES,
    "reports:api_year": MACHINES,
}
