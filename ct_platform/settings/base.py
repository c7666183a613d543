"""What every environment shares. Nothing here is secret; prod.py adds what must be given."""

import sys
from datetime import timedelta
from typing import Any

from csp.constants import NONE, SELF
from django.contrib.messages import constants as message_levels
from django.urls import reverse_lazy

from ct_platform.settings.env import (
    BASE_DIR,
    boolean,
    data_dir,
    database_urls,
    env,
    role_of,
)

DATA_DIR = data_dir()
DEBUG = False
DEMO = False  # the "Entrer comme…" door and the invented people; only settings.demo turns it on
ALLOWED_HOSTS: list[str] = []
# The emblem in the foot of public pages: only where the site itself is co-financed.
EU_COFUNDED = boolean("EU_COFUNDED", default=False)
# Who runs this server, as said before a secret vote: "Jeanne Petit, de la CAE Le Ferment".
SERVER_KEEPER = env.str("SERVER_KEEPER", default="")
PUBLIC_ORIGIN = env.str("PUBLIC_ORIGIN", default="http://localhost:8000").rstrip("/")
# Signs Open Badges: 32 bytes in base64. Without it, attestations of skills carry none.
BADGE_KEY: str = env.str("BADGE_KEY", default="")

INSTALLED_APPS = [
    "whitenoise.runserver_nostatic",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_htmx",
    "ct_platform.kit",
    "members",
    "documents",
    "cohorts",
    "projects",
    "decisions",
    "payroll",
    "testimonials",
    "reports",
    "ct_platform.home",
]

MIDDLEWARE = [
    "ct_platform.kit.middleware.RequestId",
    "django.middleware.security.SecurityMiddleware",
    # Cheap phones pay by the byte. Django pads compressed answers with random bytes (BREACH).
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "ct_platform.kit.indexing.NotIndexed",
    # Before sessions: the frame for other sites reads no cookie and gives none.
    "testimonials.middleware.NobodyInTheFrame",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "members.middleware.LoginRequired",
    "members.middleware.CurrentActor",
    "members.middleware.SecondFactorRequired",
    "members.middleware.OnlyWhatTheLinkOpens",
    "cohorts.middleware.ArchivedCohorts",
    "ct_platform.kit.middleware.PrivatePages",
    "ct_platform.kit.middleware.DomainErrors",
]

ROOT_URLCONF = "ct_platform.urls"
WSGI_APPLICATION = "ct_platform.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ct_platform.home.navigation.page_context",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "ct_platform.kit.templatetags.ct",
            ],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"
# Bootstrap has no "error": the level becomes part of a class name of ours.
MESSAGE_TAGS = {
    message_levels.ERROR: "bad",
    message_levels.WARNING: "warn",
    message_levels.SUCCESS: "ok",
}

# --- Databases: SQLite embedded, PostgreSQL by DATABASE_URL ------------------------------------
# WAL without IMMEDIATE is worse than nothing: the lock upgrade fails at once.
SQLITE_OPTIONS = {
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA mmap_size=134217728;"
        "PRAGMA journal_size_limit=67108864;PRAGMA cache_size=2000;"
        # What a secret vote erases must not stay readable in the file.
        "PRAGMA secure_delete=ON;"
    ),
}
# By who speaks (kit/roles.py): a command typed by hand has no right to cast a ballot.
SECRET_DATABASE_URLS = database_urls()
DATABASES: dict[str, dict[str, Any]] = {
    "default": env.db_url_config(
        SECRET_DATABASE_URLS[role_of(sys.argv)]
        or SECRET_DATABASE_URLS["site"]
        or f"sqlite:///{DATA_DIR / 'ct.sqlite3'}"
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # What waits in a network is one UNION of fifty short questions: compiling it takes longer than
    # answering it. What DATABASE_URL says of its own stands.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="")
CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    # One web process in the embedded default, so its memory is shared by all its threads.
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

# --- Files ---------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = env.str("STATIC_ROOT", default="") or str(DATA_DIR / "staticfiles")
STATICFILES_DIRS = [BASE_DIR / "static"]
# Private media: never under a public root; only authorised views open them.
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = ""
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "ct_platform.kit.static_files.HashedFiles"},
}
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024

# --- Language and time --------------------------------------------------------------------------
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "français")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = "Europe/Paris"

# --- Sign-in ------------------------------------------------------------------------------------
AUTH_USER_MODEL = "members.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = reverse_lazy("members:sign_in")
LOGIN_REDIRECT_URL = reverse_lazy("home:arrive")
# Where the pages of a cohort lead back to: apps below the roof name it through here.
COHORT_PAGE = "home:cohort_dashboard"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "members.adapters.AccountAdapter"
MFA_ADAPTER = "members.adapters.SecondFactorAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # a sign-in code is itself the proof of the address
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 180
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}  # 26 bits
# Per address of the network, and per e-mail address ("key"): asking for codes, and wrong codes.
ACCOUNT_RATE_LIMITS = {"request_login_code": "20/m/ip,3/m/key,10/h/key"}
ACCOUNT_FORMS = {
    "request_login_code": "members.forms.RequestCodeForm",
    "confirm_login_code": "members.forms.EnterCodeForm",
}
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Coopératives de territoire"
MFA_TOTP_TOLERANCE = (
    1  # a slow hand or a clock half a minute off; members.forms keeps codes single-use
)
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {
    "authenticate": "members.forms.SecondFactorForm",
    "reauthenticate": "members.forms.SecondFactorAgainForm",
    "activate_totp": "members.forms.InstallFactorForm",
}
SESSION_COOKIE_AGE = int(timedelta(days=30).total_seconds())
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_USE_SESSIONS = True
CSRF_FAILURE_VIEW = "ct_platform.home.views.errors.csrf_failure"
# Join cards: paper, so generous in days; single use.
JOIN_CARD_DAYS = env.int("JOIN_CARD_DAYS", default=60)
SECOND_FACTOR_REQUIRED = True

# --- Mail and SMS -------------------------------------------------------------------------------
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
EMAIL_TIMEOUT = 10  # seconds: a mail server that does not answer must not hold a worker
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", default="ne-pas-repondre@localhost")
SMS_BACKEND = env.str("SMS_BACKEND", default="members.sms.ConsoleSms")

# --- Addresses ----------------------------------------------------------------------------------
# Off: looking an address up sends it to a third party (see cohorts.address_lookup).
ADDRESS_LOOKUP = env.str("ADDRESS_LOOKUP", default="cohorts.address_lookup.NoLookup")
ADDRESS_LOOKUP_URL = env.str("ADDRESS_LOOKUP_URL", default="")

# --- Safety of pages ----------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        # Bootstrap's own CSS carries its ticks and chevrons as data images.
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "worker-src": [SELF],
        "manifest-src": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

# --- Queue (stack: at least once; the database row is the truth) ---------------------------------
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_ACKS_ON_FAILURE_OR_TIMEOUT = True  # the failure is recorded in the row
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SOFT_TIME_LIMIT, CELERY_TASK_TIME_LIMIT = 120, 180
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 250_000  # KiB: growth is native, so recycle by memory
CELERY_TASK_IGNORE_RESULT = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_DEFAULT_QUEUE = "ct"
# A lease outlives the hard limit: a task that lost its lease is certainly dead.
DELIVERY_LEASE = timedelta(seconds=CELERY_TASK_TIME_LIMIT + 60)
DELIVERY_GRACE = timedelta(seconds=30)
DELIVERY_ATTEMPTS = 3
# Sending to a dead broker gives up at once (kombu: a hundred tries over 4 s, while somebody waits
# for their page); the sweep sends again. Workers have their own rule for reconnecting.
_GIVE_UP_SOON = {"max_retries": 1, "interval_start": 0, "interval_step": 0.1, "interval_max": 0.1}
if REDIS_URL:
    CELERY_BROKER_URL = REDIS_URL
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {
        **_GIVE_UP_SOON,
        "visibility_timeout": 900,
        "unacked_restore_interval": 10,
        "unacked_restore_throttle": 1,
        "socket_timeout": 30,
        "socket_connect_timeout": 5,
        "health_check_interval": 25,
    }
else:
    CELERY_BROKER_URL = "filesystem://"
    _queue = DATA_DIR / "queue"
    for _folder in ("messages", "control", "processed"):
        (_queue / _folder).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        **_GIVE_UP_SOON,
        "data_folder_in": str(_queue / "messages"),
        "data_folder_out": str(_queue / "messages"),
        "control_folder": str(_queue / "control"),
        "processed_folder": str(_queue / "processed"),
        "store_processed": False,
        "polling_interval": 0.1,
    }

# An error report names no variable of code that holds ballots, nor of the database layer below it.
DEFAULT_EXCEPTION_REPORTER_FILTER = "ct_platform.kit.reports.HideVariables"
SECRET_MODULES = ("decisions.", "django.db.", "django.forms.")

LOG_LEVEL = env.str("LOG_LEVEL", default="INFO")
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "request_id": {"()": "ct_platform.kit.middleware.RequestIdFilter"},
        "keys": {"()": "ct_platform.kit.middleware.HideKeys"},
    },
    "formatters": {
        "line": {"format": "{asctime} {levelname} {request_id} {name} {message}", "style": "{"}
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["request_id", "keys"],
        }
    },
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        # fontTools and WeasyPrint narrate every glyph.
        "fontTools": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
        # It quotes the file it reads, which is somebody's slip.
        "pypdf": {"level": "CRITICAL"},
        # A statement quotes its values, ballots among them: no level of detail may show them.
        "django.db.backends": {"level": "WARNING"},
        # It tells every invoice that follows its schema.
        "factur-x": {"level": "ERROR"},
        # The file queue has no host, and kombu says so at each start.
        "kombu.connection": {"level": "ERROR"},
    },
}
