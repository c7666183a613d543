"""Who opens each address of what is followed by hundreds: whoever follows, never a coopérant."""

from tests.access_row import COOPERANTS, EVERYBODY, Row

SCALE: dict[str, Row] = {
    "reports:territories": Row(EVERYBODY - COOPERANTS),
}
