"""The test suite: on whatever DATABASE_URL and ELASTICSEARCH_URL name, the embedded default without them."""

import tempfile
from pathlib import Path

from cms.settings.base import *  # noqa: F403 -- settings modules are layers of one namespace
from cms.settings.base import VAR_DIR

_scratch = Path(tempfile.mkdtemp(prefix="encynet-test-"))

SECRET_KEY = "only-for-tests"
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = _scratch / "media"
STATIC_ROOT = _scratch / "static"
STATIC_ROOT.mkdir()
SEARCH_EMBEDDED_PATH = _scratch / "search.sqlite3"
# Tests of the standby turn it on.
SEARCH_STANDBY = False
SEARCH_STANDBY_PATH = _scratch / "standby.sqlite3"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
VAR_DIR.mkdir(parents=True, exist_ok=True)
# Written by a thread, which few tests wait for; those set it.
SEARCH_LOG_DAYS = 0
VISITS_DAYS = 0
