"""Only for `collectstatic` while an image is built: no secret, no database, no request served."""

from ct_platform.settings.base import *  # noqa: F403 - a settings module extends its base whole

SECRET_KEY = "collectstatic-only"  # noqa: S105 - serves nothing
FIELD_KEYS = ["Y29sbGVjdC1vbmx5LWNvbGxlY3Qtb25seS1jb2xsZWM="]
