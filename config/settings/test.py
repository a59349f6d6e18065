"""For the tests: a database of their own, queues that the tests run themselves."""

import os
import tempfile
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

os.environ.setdefault("SECRET_KEY", "only-for-tests-and-long-enough-to-sign-participant-links-0123456789")
os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="touchstone-tests-"))
# Test processes side by side share a Redis server: each takes a database of its own, from 15 downwards.
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
if os.environ.get("REDIS_URL"):
    server = urlsplit(os.environ["REDIS_URL"])
    os.environ["REDIS_URL"] = urlunsplit(server._replace(path=f"/{15 - int(WORKER[2:]) % 15}"))

from config.settings.base import *
from config.settings.base import (
    CHANNEL_LAYERS,
    DATA_DIR,
    DATABASES,
    MIDDLEWARE,
    ROOT,
)

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
else:
    # A pool would hold connections to a database that is about to be dropped.
    DATABASES["default"]["OPTIONS"] = {}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
if os.environ.get("REDIS_URL"):
    # What is published reaches every database of a server, so names must differ too.
    CHANNEL_LAYERS["default"]["CONFIG"]["prefix"] = f"test-{WORKER}"
else:
    CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
CELERY_BROKER_URL = "memory://"
ALLOWED_HOSTS = ["*"]
LLM_URL = LLM_MODEL = HUB_URL = ""
LLM_ROLES = {}
LLM_CONTEXT_TOKENS = 0
LLM_FIXED_TEMPERATURE = None
GUIDED_WORDS_PER_SECOND = 0.0  # all at once
ROOM_SECONDS = ROOM_STEPS_SECONDS = MEDIANS_SECONDS = 0.0
SHARED_DATA = Path(os.environ.get("TOUCHSTONE_SHARED_DATA", str(ROOT.parent / "shared" / "data")))
# Tests ask for pages, not for the files of a build that may not be there yet.
MIDDLEWARE.remove("whitenoise.middleware.WhiteNoiseMiddleware")
DJANGO_VITE = {"default": {"dev_mode": True}}
