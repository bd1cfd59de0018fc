"""Settings of the site, safe for production; dev.py and test.py only relax them. The environment is read here."""

import os
from pathlib import Path

import dj_database_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from cms.languages import language_choices
from cms.places import time_zone_choices

BASE_DIR = Path(__file__).resolve().parent.parent.parent
# Everything that the site writes to disk on its own lies here: uploads, collected files, the embedded defaults.
VAR_DIR = Path(os.environ.get("VAR_DIR", BASE_DIR / "var"))

DEBUG = False
SECRET_KEY = os.environ.get("SECRET_KEY", "")
ALLOWED_HOSTS = [host for host in os.environ.get("ALLOWED_HOSTS", "").split(",") if host]
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("CSRF_TRUSTED_ORIGINS", "").split(",") if origin]

INSTALLED_APPS = [
    "cms",
    "home",
    "news",
    "cases",
    "events",
    "partners",
    "research",
    "search",
    "translations",
    "visits",
    "demo",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.settings",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "js_lib_leaflet",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "cms.middleware.SiteLocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    }
]

DATABASES = {
    "default": dj_database_url.config(
        env="DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'site.sqlite3'}", conn_max_age=60
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Readers and one writer at a time; a writer waits for the other instead of failing.
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "cms.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# One process is served by memory; several share what CACHE_URL names ("redis://…").
CACHE_URL = os.environ.get("CACHE_URL", "")
# Behind how many proxies of our own the site stands: each adds whom it was asked by to X-Forwarded-For.
TRUSTED_PROXIES = int(os.environ.get("TRUSTED_PROXIES", "0"))
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": CACHE_URL}
    if CACHE_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "default"},
    "renditions": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "renditions",
        "TIMEOUT": 600,
    },
    # How often visitors search: many small counters. A cache that does not answer must not hold anybody up.
    "visitors": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": CACHE_URL,
        "KEY_PREFIX": "visitors",
        "OPTIONS": {"socket_connect_timeout": 0.2, "socket_timeout": 0.2},
    }
    if CACHE_URL
    else {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "visitors",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
}

LANGUAGE_CODE = "en"
LANGUAGES = language_choices()
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
# Ours, then what Wagtail's own catalogues lack.
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "upstream"]
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
FORMAT_MODULE_PATH = ["cms.date_formats"]
USE_TZ = True
TIME_ZONE = "UTC"
# Wagtail's own choices hold whatever files a system keeps beside its time zones, such as "localtime", which no browser
# knows. Read when somebody asks: the files are many.
WAGTAIL_USER_TIME_ZONES = SimpleLazyObject(lambda: [name for name, _label in time_zone_choices()])

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT", VAR_DIR / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
# Uploaded files are the web server's in front; only where there is none the site serves them itself.
SERVE_MEDIA = False
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT", VAR_DIR / "media"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# StreamField editing posts one field a block.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

EMAIL_URL = os.environ.get("EMAIL_URL", "")
# A mail server that does not answer holds nobody up for longer, in seconds; what was not sent is kept.
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "noreply@localhost")

WAGTAIL_SITE_NAME = "ENCYNET"
WAGTAILADMIN_BASE_URL = os.environ.get("SITE_URL", "http://localhost:8000")
WAGTAIL_I18N_ENABLED = True
WAGTAILIMAGES_IMAGE_MODEL = "cms.SiteImage"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp", "svg"]
WAGTAILDOCS_DOCUMENT_MODEL = "cms.SiteDocument"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "pptx", "txt", "xlsx", "zip"]
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_PASSWORD_REQUIRED_TEMPLATE = "password_required.html"
# The admin searches the database, any part of a title too (decision 0030); public search is ours (decision 0020).
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "search.admin_backend"}}

# Source text never goes live under another language (P2), and a translator's work outlives a deleted page (P35).
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAILLOCALIZE_DISABLE_ON_DELETE = True
# A workflow publishes the newest revision too: of a translation only what may go live (decision 0005).
WAGTAIL_FINISH_WORKFLOW_ACTION = "translations.upstream.approving.finish_workflow"
# A translation goes live after somebody accepted it; and that somebody is not its translator (decision 0007).
TRANSLATIONS_REVIEW_REQUIRED = os.environ.get("TRANSLATIONS_REVIEW_REQUIRED", "") not in ("", "0")
TRANSLATIONS_REVIEWER_MUST_DIFFER = os.environ.get("TRANSLATIONS_REVIEWER_MUST_DIFFER", "") not in ("", "0")

# Which engine drafts which pair of languages: "en>ko=deepl en>zh-hant=google"; an empty engine turns a pair off. OpenCC
# is on between the two Chinese (decision 0047).
MACHINE_ENGINES = os.environ.get("MACHINE_ENGINES", "")
# How many characters a month each engine on another machine may be sent; 0 for none.
MACHINE_MONTHLY_CHARACTERS = int(os.environ.get("MACHINE_MONTHLY_CHARACTERS", "500000"))
DEEPL_AUTH_KEY = os.environ.get("DEEPL_AUTH_KEY", "")
GOOGLE_TRANSLATE_KEY = os.environ.get("GOOGLE_TRANSLATE_KEY", "")
LIBRETRANSLATE_URL = os.environ.get("LIBRETRANSLATE_URL", "")
LIBRETRANSLATE_API_KEY = os.environ.get("LIBRETRANSLATE_API_KEY", "")

ELASTICSEARCH_URL = os.environ.get("ELASTICSEARCH_URL", "")
ELASTICSEARCH_API_KEY = os.environ.get("ELASTICSEARCH_API_KEY", "")
SEARCH_INDEX_PREFIX = os.environ.get("SEARCH_INDEX_PREFIX", "encynet")
SEARCH_EMBEDDED_PATH = VAR_DIR / "search.sqlite3"
# How many seconds the engine may take to answer a visitor, before the standby answers instead.
SEARCH_ENGINE_SECONDS = float(os.environ.get("SEARCH_ENGINE_SECONDS", "1.2"))
# What was looked for is kept so many days, without anything about who did; 0 keeps nothing.
SEARCH_LOG_DAYS = int(os.environ.get("SEARCH_LOG_DAYS", "90"))
# How often pages were visited on a day is kept so many days, without anything about who did; 0 counts nothing.
VISITS_DAYS = int(os.environ.get("VISITS_DAYS", "90"))
SEARCH_BACKEND = (
    "search.backends.elasticsearch.ElasticsearchBackend"
    if ELASTICSEARCH_URL
    else "search.backends.embedded.EmbeddedBackend"
)
# For when Elasticsearch fails: an embedded index of the same pages on each machine that serves visitors.
SEARCH_STANDBY = os.environ.get("SEARCH_STANDBY", "1") not in ("", "0")
SEARCH_STANDBY_PATH = Path(os.environ.get("SEARCH_STANDBY_PATH", VAR_DIR / "standby" / "search.sqlite3"))
# Who knows words that mean the same: callables that return cms.terms.Concept objects (decision 0029).
SEARCH_SYNONYM_SOURCES = ["search.synonyms.groups", "translations.glossary.search_terms"]

# Empty: the map shows places on a plain ground, and asks nobody else's server for pictures of it.
MAP_TILE_URL = os.environ.get("MAP_TILE_URL", "")
MAP_TILE_ATTRIBUTION = os.environ.get("MAP_TILE_ATTRIBUTION", "")

SITE_TITLE = _("ENCYNET — Cyber Environment Network of World Local Governments")

SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail's preview shows the page in a frame of its own site
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
