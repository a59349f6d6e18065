"""For developers: tracebacks in the browser."""

from config.settings.base import *  # noqa: F403

DEBUG = True
