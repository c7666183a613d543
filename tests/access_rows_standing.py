"""Who opens each address of expenses, refunds, where we stand, and the books of a cohort."""

from tests.access_row import COOPERANTS, STILL_IN, Row, act, page

STANDING: dict[str, Row] = {
    # --- expenses: one's own, the coordination's; a receipt, who sent it and who books it
    "projects:my_expenses": Row(COOPERANTS),
    "projects:send_expense": Row(STILL_IN),
    "projects:take_back_expense": act("amina"),
    "projects:receipt": page("amina", "driss", "helene"),
    "projects:claims": page("driss"),
    "projects:claim": page("driss"),
    "projects:refuse_claim": act("driss"),
    "projects:all_hours": page("driss"),
    # --- where we stand
    "payroll:my_standing": Row(COOPERANTS),
    "payroll:standing": page("driss", "helene"),
    # --- the books of a cohort
    "payroll:cohort_books": page("driss", "helene"),
    "payroll:cohort_book": act("driss", "helene"),
    # --- what people advanced
    "payroll:refunds": page("driss", "helene"),
    "payroll:refund": page("helene"),
    "payroll:cancel_refund": act("helene"),
    "payroll:refund_order": page("helene"),
    "payroll:refund_file": act("helene"),
    "payroll:refund_list": act("helene"),
    "payroll:refund_letters": act("helene"),
    "payroll:reject_refund": page("helene"),
}
