"""Contracts end by themselves on their day, and their end is announced; the work is in services."""

from celery import shared_task

from cohorts.services import contract_alerts
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
