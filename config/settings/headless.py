"""For commands that go from files to JSON: no database, no store, no data folder, nothing written."""

import os
import secrets

# Made up and forgotten: these commands sign nothing, and the installation's key must not be made for them.
os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(50))

from config.settings.base import *

DATABASES = {"default": {"ENGINE": "django.db.backends.dummy"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
