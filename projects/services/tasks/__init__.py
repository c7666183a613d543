"""Tasks: written, joined, left, done. Nobody is put on one by somebody else."""

from projects.services.tasks.came import note_who_came
from projects.services.tasks.joining import join_task, leave_task, wait_for_task
from projects.services.tasks.writing import TaskWishes, call_off_task, change_task, write_task

__all__ = [
    "TaskWishes",
    "call_off_task",
    "change_task",
    "join_task",
    "leave_task",
    "note_who_came",
    "wait_for_task",
    "write_task",
]
