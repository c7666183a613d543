"""The settings of the tests on a database that refuses whatever it is asked."""

from ct_platform.settings.test import *  # noqa: F403 — these settings, one value apart

DATABASES = {"default": {"ENGINE": "django.db.backends.dummy"}}
