"""A pool child is made ready once, after the fork; a cold one costs 1.4 s."""

from typing import Any

from celery.signals import worker_process_init


@worker_process_init.connect
def warm_engine(**kwargs: Any) -> None:
    from documents.engine.render import warm

    warm()
