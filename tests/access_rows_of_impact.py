"""Who opens a year of merged cohorts: whoever follows the territory, once published. The network prepares."""

from tests.access_row import Row, act, page

IMPACT: dict[str, Row] = {
    "reports:impact_years": page("driss", "dalia", "elsa", "farid", "helene", "hugo", "nora"),
    # Of Le Plateau: the neighbours read the network's page and their own.
    "reports:impact": page("driss", "elsa", "helene", "nora"),
    "reports:impact_poster": page("driss", "elsa", "helene", "nora"),
    "reports:freeze_year": act("nora"),
    "reports:publish_year": act("nora"),
}
