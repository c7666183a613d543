"""What cohorts do on their own: contracts end, ends, sessions and answers are told, old files leave."""

from celery import shared_task

from cohorts.services import (
    answers,
    contract_alerts,
    erasing,
    event_messages,
    follow_up_messages,
    recovery_notices,
    session_notices,
)
from cohorts.services.contract_changes import end_due
from ct_platform.kit import clock


@shared_task
def follow_contracts() -> None:
    """Run twice or late, it ends each contract once and tells each person once a threshold."""
    end_due(at=clock.now())
    contract_alerts.write_due(at=clock.now())


@shared_task
def send_contract_alerts(keys: list[int]) -> None:
    for key in keys:
        contract_alerts.tell(alert_id=key, at=clock.now())


@shared_task
def sweep_contract_alerts() -> int:
    return contract_alerts.sweep(at=clock.now())


@shared_task
def remind_of_sessions() -> int:
    """Run twice or late, it writes each reminder once: the rows decide."""
    return session_notices.remind_due(at=clock.now())


@shared_task
def send_session_notices(keys: list[int]) -> None:
    """Keys only: an address has no place in a queue."""
    for key in keys:
        session_notices.tell(notice_id=key, at=clock.now())


@shared_task
def sweep_session_notices() -> int:
    return session_notices.sweep(at=clock.now())


@shared_task
def send_application_answers(keys: list[int]) -> None:
    """Keys only: a queue may be read by who runs it, and an address has no place there."""
    for key in keys:
        answers.tell(answer_id=key, at=clock.now())


@shared_task
def sweep_application_answers() -> int:
    return answers.sweep(at=clock.now())


@shared_task
def send_recovery_notices(keys: list[int]) -> None:
    """Keys only: the secret of a card has no place in a queue."""
    for key in keys:
        recovery_notices.tell(notice_id=key, at=clock.now())


@shared_task
def sweep_recovery_notices() -> int:
    return recovery_notices.sweep(at=clock.now())


@shared_task
def send_event_messages(keys: list[int]) -> None:
    for key in keys:
        event_messages.tell(message_id=key, at=clock.now())


@shared_task
def sweep_event_messages() -> int:
    return event_messages.sweep(at=clock.now())


@shared_task
def erase_what_is_old() -> None:
    """Run twice, it erases nothing more."""
    erasing.erase_what_is_old(at=clock.now())


@shared_task
def follow_leavers() -> None:
    """Run twice or late, it plans and writes each question once: the rows decide."""
    follow_up_messages.plan_missing(at=clock.now())
    follow_up_messages.ask_due(at=clock.now())


@shared_task
def send_follow_up_messages(keys: list[int]) -> None:
    """Keys only: an address has no place in a queue."""
    for key in keys:
        follow_up_messages.tell(message_id=key, at=clock.now())


@shared_task
def sweep_follow_up_messages() -> int:
    return follow_up_messages.sweep(at=clock.now())
