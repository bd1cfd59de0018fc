"""The demonstration: development's machine, but visitors see the site's own pages for what is missing or fails."""

from cms.settings.dev import *  # noqa: F403 -- settings modules are layers of one namespace

DEBUG = False
WHITENOISE_USE_FINDERS = True
