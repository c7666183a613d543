"""The embedded demo: invented people, a door to enter as them, no secret worth keeping."""

from ct_platform.settings.base import *  # noqa: F403 - a settings module extends its base whole
from ct_platform.settings.base import DATA_DIR
from ct_platform.settings.env import env

DEMO = True
EU_COFUNDED = True  # the invented site is co-financed, so that the emblem can be seen
# What QR codes carry. For phones: PUBLIC_ORIGIN=http://<address of this machine>:8000 ./run
PUBLIC_ORIGIN = (
    env.str("PUBLIC_ORIGIN", default="") or f"http://localhost:{env.str('PORT', default='8000')}"
)
ALLOWED_HOSTS = ["*"]  # a phone on the same network may open the demo by address
SECRET_KEY = "demo-only-not-a-secret"  # noqa: S105 - invented people only
FIELD_KEYS = ["ZGVtby1vbmx5LW5vdC1hLXNlY3JldC1kZW1vLW9ubHk="]  # 32 bytes; demo only
BADGE_KEY = "ZGVtby1vbmx5LW5vdC1hLXNlY3JldC1kZW1vLWJhZGc="  # 32 bytes; demo only
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"
STORAGES["staticfiles"] = {  # noqa: F405
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
WHITENOISE_USE_FINDERS = True
(DATA_DIR / "staticfiles").mkdir(exist_ok=True)  # WhiteNoise looks for it even when it uses finders
