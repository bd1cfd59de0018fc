"""Production: refuses to start without what it needs, and is strict about transport."""

from django.core.exceptions import ImproperlyConfigured

from cms.settings.base import *  # noqa: F403 -- settings modules are layers of one namespace
from cms.settings.base import ALLOWED_HOSTS, DATABASES, ELASTICSEARCH_URL, EMAIL_URL, SECRET_KEY

if not SECRET_KEY:
    raise ImproperlyConfigured("SECRET_KEY must be set: a long random text that only this site knows.")
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS must be set: the site's host names, separated by commas.")
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    raise ImproperlyConfigured("DATABASE_URL must be set: postgres://user:password@host:5432/name.")
if not ELASTICSEARCH_URL:
    raise ImproperlyConfigured("ELASTICSEARCH_URL must be set: https://host:9200.")

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
LANGUAGE_COOKIE_SECURE = True
# The check asks for DENY, with which no editor could preview a page: see X_FRAME_OPTIONS in base.py.
SILENCED_SYSTEM_CHECKS = ["security.W019"]

if EMAIL_URL:
    # Mail over TLS by "smtp://user:password@host:587".
    from urllib.parse import unquote, urlsplit

    _mail = urlsplit(EMAIL_URL)
    EMAIL_HOST = _mail.hostname or "localhost"
    EMAIL_PORT = _mail.port or 587
    EMAIL_HOST_USER = unquote(_mail.username or "")
    EMAIL_HOST_PASSWORD = unquote(_mail.password or "")
    EMAIL_USE_TLS = True
