"""The suite: in-memory SQLite unless DATABASE_URL says PostgreSQL; the queue runs in the same process."""

import tempfile
from pathlib import Path

from ct_platform.settings.base import *  # noqa: F403 - a settings module extends its base whole
from ct_platform.settings.base import DATABASES, STORAGES
from ct_platform.settings.env import env

SECRET_KEY = "test-only"  # noqa: S105 - no secret in tests
FIELD_KEYS = ["dGVzdC1vbmx5LXRlc3Qtb25seS10ZXN0LW9ubHktMTI="]
BADGE_KEY = "dGVzdC1vbmx5LXRlc3Qtb25seS10ZXN0LW9ubHktMTI="
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
if not env.str("DATABASE_URL", default=""):
    DATABASES["default"]["NAME"] = ":memory:"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
SMS_BACKEND = "members.sms.MemorySms"
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
# WhiteNoise warns about a missing folder, and warnings are errors here.
STATIC_ROOT, MEDIA_ROOT = (
    Path(tempfile.mkdtemp(prefix=f"ct-{use}-")) for use in ("static", "media")
)
