"""Development: one machine, no other server."""

from cms.settings.base import *  # noqa: F403 -- settings modules are layers of one namespace
from cms.settings.base import BASE_DIR, STATIC_ROOT

DEBUG = True
SERVE_MEDIA = True
SECRET_KEY = "not-a-secret-for-one-machine-only-" + str(BASE_DIR)
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
