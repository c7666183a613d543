"""Production: every secret is given, contradictions are refused in one sentence."""

from django.core.exceptions import ImproperlyConfigured

from ct_platform.settings.base import *  # noqa: F403 - a settings module extends its base whole
from ct_platform.settings.base import DATABASES, PUBLIC_ORIGIN, STORAGES
from ct_platform.settings.env import boolean, env, required

SECRET_KEY = required("SECRET_KEY", "clé de signature, 50 caractères au hasard")
if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured(
        "SECRET_KEY est trop courte : donnez au moins 50 caractères au hasard."
    )
# Newest key first; older ones still open what they closed.
FIELD_KEYS = required(
    "FIELD_KEYS", "clés Fernet des champs chiffrés, séparées par des virgules"
).split(",")

required("PUBLIC_ORIGIN", "adresse publique, par exemple https://coop.exemple.fr")
if not PUBLIC_ORIGIN.startswith("https://"):
    raise ImproperlyConfigured("PUBLIC_ORIGIN doit commencer par https:// en production.")
ALLOWED_HOSTS = [
    h for h in required("ALLOWED_HOSTS", "noms du site, séparés par des virgules").split(",") if h
]
if PUBLIC_ORIGIN.removeprefix("https://").split(":")[0] not in ALLOWED_HOSTS:
    raise ImproperlyConfigured("PUBLIC_ORIGIN et ALLOWED_HOSTS ne nomment pas le même site.")
CSRF_TRUSTED_ORIGINS = [PUBLIC_ORIGIN]

required("DATABASE_URL", "adresse de PostgreSQL")
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    raise ImproperlyConfigured("DATABASE_URL désigne SQLite : la production demande PostgreSQL.")
required("REDIS_URL", "adresse de Redis, pour la file de travail et le cache")

required("EMAIL_URL", "serveur d'envoi, par exemple smtp+tls://nom:motdepasse@serveur:587")
required("MAIL_FROM", "adresse d'expédition des courriels")
vars().update(env.email("EMAIL_URL"))
if not (SMS_BACKEND := env.str("SMS_BACKEND", default="members.sms.ConsoleSms")):
    raise ImproperlyConfigured("SMS_BACKEND est vide : retirez la ligne ou nommez une classe.")

if env.str("S3_BUCKET", default=""):
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": env.str("S3_BUCKET"),
            "endpoint_url": env.str("S3_ENDPOINT", default="") or None,
            "region_name": env.str("S3_REGION", default="") or None,
            "access_key": required("S3_ACCESS_KEY", "accès au stockage S3_BUCKET"),
            "secret_key": required("S3_SECRET_KEY", "accès au stockage S3_BUCKET"),
            "default_acl": "private",
            "file_overwrite": True,  # papers are written under names derived from their key
            "querystring_auth": True,
        },
    }
elif any(env.str(name, default="") for name in ("S3_ENDPOINT", "S3_ACCESS_KEY", "S3_SECRET_KEY")):
    raise ImproperlyConfigured(
        "Des variables S3_ sont données sans S3_BUCKET : nommez le stockage."
    )

# Behind a proxy that ends TLS; the proxy count also tells whose address a limit counts.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=1)
SECURE_SSL_REDIRECT = boolean("SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^sante/$"]
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
