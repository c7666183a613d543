"""Who opens each address of the tasks: Amina wrote the task, and comes."""

from tests.access_row import COOPERANTS, STILL_IN, Row, act, page

TASKS: dict[str, Row] = {
    "projects:my_tasks": Row(COOPERANTS),
    "projects:propose_task": Row(STILL_IN),
    "projects:my_task": page("amina", "bastien", "gael"),
    "projects:change_task": page("amina"),
    "projects:call_off_my_task": act("amina"),
    "projects:join_task": act("amina", "bastien"),
    "projects:wait_for_task": act("amina", "bastien"),
    "projects:leave_task": act("amina", "bastien"),
    "projects:my_task_came": page("amina"),
    "projects:note_task": act("amina"),
    "projects:cohort_tasks": page("driss"),
    "projects:add_task": page("driss"),
    "projects:cohort_task": page("driss"),
    "projects:edit_task": page("driss"),
    "projects:call_off_task": act("driss"),
    "projects:task_came": page("driss"),
}
