"""For developers: tracebacks in the browser."""

from config.settings.base import *

DEBUG = True
