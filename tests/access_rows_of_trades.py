"""Who opens the rooms of a trade: the group and its coordination; money is the coordination's."""

from tests.access_row import COOPERANTS, Row, act, page

READERS, KEEPERS = ("amina", "bastien", "gael", "driss"), ("amina", "bastien", "driss")
TRADES: dict[str, Row] = {
    "projects:my_projects": Row(COOPERANTS),
    "projects:project": page(*READERS),
    "projects:prepare": page(*READERS),
    "projects:ideas": page(*READERS),
    "projects:idea": page(*READERS),
    "projects:offer": page(*READERS),
    "projects:lot": page(*READERS),
    "projects:add_idea": page(*KEEPERS),
    "projects:change_idea": page(*KEEPERS),
    "projects:put_away_idea": act(*KEEPERS),
    "projects:add_lot": page(*KEEPERS),
    "projects:add_offer": page(*KEEPERS),
    "projects:edit_offer": page(*KEEPERS),
    "projects:open_offer": act(*KEEPERS),
    "projects:close_offer": act(*KEEPERS),
    "projects:add_order": page(*KEEPERS),
    "projects:move_order": act(*KEEPERS),
    "projects:cancel_order": act(*KEEPERS),
    "projects:sell_orders": page("driss"),
    "projects:project_team": page("driss"),
}
