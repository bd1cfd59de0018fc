"""Settings of a measurement: the test settings on a scratch database, with the bare page beside ours."""

from cms.settings.test import *  # noqa: F403 -- settings modules are layers of one namespace
from cms.settings.test import DATABASES, INSTALLED_APPS, VAR_DIR

INSTALLED_APPS = [*INSTALLED_APPS, "bench"]
DEBUG = False
# Pages carry the counter's script, and the desk sorts by what it counted.
VISITS_DAYS = 90
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, so that a flow may have a second process on it.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "bench.sqlite3")}
