"""Who opens each address of getting paid: payments, reminders, the cash box, the bank of a host."""

from tests.access_row import ANYONE, COOPERANTS, STILL_IN, Row, act, page

GETTING_PAID: dict[str, Row] = {
    # --- what customers owe: the coordination, and the host whose account it reaches
    "projects:payments": page("driss", "helene"),
    "projects:invoice_payments": page("driss", "helene"),
    "projects:reverse_payment": page("driss", "helene"),
    "projects:set_off": act("driss", "helene"),
    "projects:remind": page("driss", "helene"),
    "projects:reminder_letter": page("driss", "helene"),
    "projects:left_to_pay": ANYONE,
    # --- the cash box: who is in the cohort counts, the coordination decides, the host reads
    "projects:cash_counts": Row(COOPERANTS),
    "projects:open_cash_count": Row(STILL_IN),
    "projects:cash_count": page("amina", "bastien", "gael", "driss", "helene"),
    "projects:tally_cash": page("amina", "bastien", "driss"),
    "projects:split_cash": page("amina", "bastien", "driss"),
    "projects:decide_cash": page("driss"),
    "projects:counter_cash": page("driss"),
    "projects:cohort_cash": page("driss", "helene"),
    "projects:open_cohort_cash_count": page("amina", "bastien", "driss"),
    "projects:hand_over_cash": page("driss"),
    "projects:take_back_cash": act("driss"),
    # --- the bank of a host: its own seats alone, never a coordination
    "projects:bank": page("helene", "hugo"),
    "projects:bank_statement": page("helene"),
    "projects:bank_columns": page("helene"),
    "projects:drop_statement": act("helene"),
    "projects:forget_bank_lines": act("helene"),
    "projects:tell_lines_apart": act("helene"),
    "projects:choose_invoice": page("helene"),
    "projects:confirm_match": act("helene"),
    "projects:undo_match": act("helene"),
}
