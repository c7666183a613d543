"""Doors for the workers; the work is in services.render and services.notices."""

from celery import shared_task

from ct_platform.kit import clock
from documents.services import notices, render


@shared_task
def render_documents(keys: list[int]) -> None:
    for key in keys:
        # The clock is read for each paper: its lease begins when its turn comes.
        render.render_document(document_id=key, at=clock.now())


@shared_task
def tell_people(keys: list[int]) -> None:
    for key in keys:
        notices.tell(notice_id=key, at=clock.now())


@shared_task
def sweep() -> None:
    render.sweep(at=clock.now())
    notices.sweep(at=clock.now())
