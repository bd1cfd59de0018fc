"""Settings of a measurement: the test settings on a scratch database, with the bare page beside ours."""

from cms.settings.test import *  # noqa: F403 -- settings modules are layers of one namespace
from cms.settings.test import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "bench"]
DEBUG = False
