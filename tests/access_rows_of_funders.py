"""Who opens each address of the money of funders: Driss keeps Elsa's line, Nora reads, nobody else."""

from tests.access_row import Row, act, page

FUNDERS: dict[str, Row] = {
    "reports:funding": page("driss", "dalia", "elsa", "farid", "nora"),  # each their own lines
    "reports:ask_funding": page("driss", "dalia"),
    "reports:funding_line": page("driss", "elsa", "nora"),
    "reports:edit_funding": page("driss"),
    "reports:share_funding": page("driss"),
    "reports:grant_funding": act("driss"),
    "reports:refuse_funding": act("driss"),
    "reports:agree_funding": act("driss"),
    "reports:receive_funding": act("driss"),
    "reports:plan_due": act("driss"),
    "reports:close_funding": act("driss"),
    "reports:drop_funding": act("driss"),
    "reports:reverse_receipt": page("driss"),
    "reports:hand_due": page("driss"),
    "reports:call_off_due": act("driss"),
    # --- operations: whoever funds one reads its facts, never its people
    "reports:add_operation": page("driss", "dalia"),
    "reports:operation": page("driss", "elsa", "nora"),
    "reports:edit_operation": page("driss"),
    "reports:operation_poster": page("driss", "elsa", "nora"),
    "reports:published_indicators": page("driss", "elsa", "nora"),
    "reports:indicators": page("driss"),
    "reports:export_indicators": act("driss"),
    "reports:operation_evidence": page("driss"),
    "reports:operation_evidence_sheet": page("driss"),
    "reports:operation_evidence_bundle": page("driss"),
    "reports:evidence": page("driss"),
    "reports:evidence_sheet": page("driss"),
    # --- what a cohort costs: the accounts to Driss, what was published to those who pay
    "reports:budget": page("driss", "elsa", "nora"),
    "reports:note_cost": act("driss"),
    "reports:withdraw_cost": act("driss"),
}
