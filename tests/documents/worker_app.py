"""Registers the sample kind in a worker process; a snapshot may ask it to draw slowly."""

import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.apps import AppConfig


def _slow_context(snapshot: Mapping[str, Any]) -> Mapping[str, Any]:
    from tests.documents.samples import context

    time.sleep(float(snapshot.get("seconds", "0")))
    return context(snapshot)


class SampleKind(AppConfig):
    name = "tests.documents"
    label = "sample_kind"

    def ready(self) -> None:
        from documents import kinds
        from tests.documents.samples import SAMPLE

        kinds.register(replace(SAMPLE, context=_slow_context))
