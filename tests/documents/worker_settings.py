"""The suite's settings for a real worker: Redis, PostgreSQL, a lease short enough to wait for."""

import os
from datetime import timedelta
from pathlib import Path

from ct_platform.settings.test import *  # noqa: F403 - a settings module extends its base whole
from ct_platform.settings.test import INSTALLED_APPS, TEMPLATES

CELERY_TASK_ALWAYS_EAGER = False
CELERY_TASK_DEFAULT_QUEUE = os.environ.get("CT_TEST_QUEUE", "celery")
DELIVERY_LEASE = timedelta(seconds=4)
MEDIA_ROOT = Path(os.environ["CT_TEST_MEDIA"])
TEMPLATES[0]["DIRS"].append(Path(__file__).parent / "templates")
INSTALLED_APPS = [*INSTALLED_APPS, "tests.documents.worker_app.SampleKind"]
