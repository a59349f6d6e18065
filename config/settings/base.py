"""What every installation shares. The environment decides the rest, here and nowhere else."""

import tomllib
from typing import Any

import environ
from csp.constants import NONCE, NONE, SELF

from config import env

ROOT = env.ROOT
DATA_DIR = env.data_dir()
FILES_DIR = DATA_DIR / "files"
_read = environ.Env()
# Written into what leaves the installation; said once, in pyproject.toml.
SOFTWARE_VERSION: str = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]

SECRET_KEY = env.ensure_secret_key(DATA_DIR)
DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *env.words("ALLOWED_HOSTS")]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in env.words("ALLOWED_HOSTS") if not host.startswith("*")]
TRUSTED_PROXY = env.flag("TRUSTED_PROXY")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "channels",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "csp",
    "django_vite",
    # Before allauth, whose pages ours replace.
    "apps.shared",
    "allauth",
    "allauth.account",
    "apps.models",
    "apps.moralgraph",
    "apps.elicitation",
    "apps.discretion",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "config.urls"
ASGI_APPLICATION = "config.asgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES: dict[str, dict[str, Any]] = {
    "default": _read.db_url("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'touchstone.sqlite3'}")
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
else:
    # Under ASGI a pool is needed: CONN_MAX_AGE runs out of connections.
    DATABASES["default"]["OPTIONS"] = {"pool": {"min_size": 1, "max_size": 16, "timeout": 20}}

STORE_URL: str = _read.str("REDIS_URL", default="redis://127.0.0.1:6379/0")
CHANNEL_LAYERS: dict[str, Any] = {
    "default": {
        "BACKEND": "apps.shared.layers.LocalFirstChannelLayer",
        # redis-py 8 closes a socket after five idle seconds unless it is told not to.
        "CONFIG": {"hosts": [{"address": STORE_URL, "socket_timeout": None}]},
    }
}

CELERY_BROKER_URL = env.broker_url(STORE_URL)
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,
    "unacked_restore_interval": 2,
    "unacked_restore_throttle": 1,
    "socket_timeout": None,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_ALWAYS_EAGER = False
CELERY_TASK_EAGER_PROPAGATES = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_ROUTES = {
    "elicitation.reply": {"queue": "replies"},
    "models.train": {"queue": "training"},
    "models.measure": {"queue": "training"},
    "models.compare_targets": {"queue": "training"},
    "discretion.judge_with_weights": {"queue": "training"},
    "moralgraph.judge_merges_with_weights": {"queue": "training"},
    "moralgraph.propose_stories_with_weights": {"queue": "training"},
}
CELERY_BEAT_SCHEDULE = {
    "give lost jobs back to the queue": {"task": "shared.reap", "schedule": 2.0},
    "forget previews": {"task": "elicitation.forget_previews", "schedule": 3600.0},
    "forget what was told of runs": {"task": "models.forget_events", "schedule": 3600.0},
}
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"

# An OpenAI-compatible server that interviews. Without one the guided interviewer asks.
LLM_URL: str = _read.str("LLM_URL", default="")
LLM_MODEL: str = _read.str("LLM_MODEL", default="")
LLM_API_KEY: str = _read.str("LLM_API_KEY", default="")

# How many tokens it reads at once, where that is known: longer conversations are shortened to it.
LLM_CONTEXT_TOKENS: int = _read.int("LLM_CONTEXT_TOKENS", default=0)

# At which temperature it samples whatever is asked, where it does; the launcher says it of its own server.
LLM_FIXED_TEMPERATURE: float | None = _read.float("LLM_FIXED_TEMPERATURE", default=None)

# The same for one kind of work alone, such as LLM_JUDGING_URL, and how it is done, such as
# LLM_INTERVIEW_TEMPERATURE; a study may choose otherwise.
LLM_ROLES: dict[str, dict[str, Any]] = {
    role: {
        "url": _read.str(f"LLM_{role.upper()}_URL", default=""),
        "model": _read.str(f"LLM_{role.upper()}_MODEL", default=""),
        "key": _read.str(f"LLM_{role.upper()}_API_KEY", default=""),
        "temperature": _read.float(f"LLM_{role.upper()}_TEMPERATURE", default=None),
        "max_tokens": _read.int(f"LLM_{role.upper()}_MAX_TOKENS", default=None),
        "words": _read.str(f"LLM_{role.upper()}_WORDS", default=""),
    }
    for role in ("interview", "stories", "merging", "judging")
}

# The hub that models are brought from; '' where this machine is to ask none.
HUB_URL: str = (
    "" if env.flag("HF_HUB_OFFLINE") else _read.str("HF_ENDPOINT", default="https://huggingface.co")
)

# What a million tokens of it cost, read and written; without both, pilots report tokens and no cost.
LLM_PRICE_PROMPT = _read.float("LLM_PRICE_PROMPT", default=None)
LLM_PRICE_COMPLETION = _read.float("LLM_PRICE_COMPLETION", default=None)

# Where this server is reached from itself: the address that the simulated participants of a pilot open.
WEB_ADDRESS: str = _read.str("WEB_ADDRESS", default="http://127.0.0.1:8000")

# How fast a page shows a reply that came all at once; a reading pace; 0 is at once.
GUIDED_WORDS_PER_SECOND: float = _read.float("GUIDED_WORDS_PER_SECOND", default=25.0)

# The live room is told of changes together, this often; at once where it is 0.
ROOM_SECONDS = 1.0
# How far people come and how long it takes them: told at most this often; their own pages look more rarely.
ROOM_STEPS_SECONDS = 5.0
MEDIANS_SECONDS = 60.0

AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/studio/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "apps.shared.access.StaffAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_REAUTHENTICATION_REQUIRED = False
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key", "login": "60/m/ip"}
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": STORE_URL,
    }
}

# The studio speaks English. Participants' pages choose their language themselves, among those that the
# study's version offers (apps/elicitation/pages/languages.py), so no middleware does.
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español"), ("ar", "العربية")]
LOCALE_PATHS = [ROOT / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

FRONTEND_BUILD = ROOT / "frontend" / "dist"
STATIC_URL = "/static/"
# The build is served where it was made; nothing has to be collected first.
STATIC_ROOT = FRONTEND_BUILD
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_IMMUTABLE_FILE_TEST = r"^.+[.-][0-9a-zA-Z_-]{8,12}\..+$"
DJANGO_VITE = {
    "default": {"dev_mode": False, "manifest_path": FRONTEND_BUILD / "manifest.json", "static_url_prefix": ""}
}

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        # The studio's component library writes style elements; they carry the request's nonce.
        "style-src": [SELF, NONCE],
        "style-src-attr": ["'unsafe-inline'"],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF, "blob:"],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
UPLOAD_LIMIT_BYTES = 200 * 1024 * 1024

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [
        "rest_framework.parsers.JSONParser",
        "rest_framework.parsers.MultiPartParser",
        "rest_framework.parsers.FormParser",
    ],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_PAGINATION_CLASS": "config.api.Pages",
    "PAGE_SIZE": 50,
    "EXCEPTION_HANDLER": "config.api.answer_error",
    "DEFAULT_THROTTLE_RATES": {},
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Touchstone",
    "DESCRIPTION": "Elicitation, moral graph, discretion and training, as one API.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "COMPONENT_SPLIT_REQUEST": True,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "ENUM_NAME_OVERRIDES": {
        "RoleEnum": "apps.shared.models.Role",
        "ModelRoleEnum": "apps.models.models.language_models.ModelRole.Role",
        "JobStateEnum": "apps.shared.models.Job.State",
        "TrainingMethodEnum": "apps.models.domain.recipes.METHODS",
        "OwnStoryStateEnum": ["open", "offered", "declined"],
        "StoryOriginEnum": ["template", "researcher", "llm", "person"],
        "StudyStateEnum": ["draft", "pilot", "open", "paused", "closed"],
        "CounterfactualStateEnum": ["training", "comparing", "compared", "failed"],
        "LongAnswerStateEnum": ["ready", "computing", "failed"],
        "MergeKindEnum": ["merged", "apart", "split"],
        "MergeChoiceEnum": ["merged", "apart"],
        "ContextChangeKindEnum": ["merged", "apart", "renamed", "retired"],
        "ContextEndEnum": ["merged", "apart", "retired"],
        "ContextProposalOriginEnum": ["person", "llm"],
        "ContextProposalStateEnum": ["open", "confirmed", "put_into", "declined"],
        "ContextStateEnum": ["in_use", "merged", "retired"],
        "ObjectionDecisionEnum": ["apart", "together"],
        "RubricAnswerEnum": ["yes", "no"],
        "RubricSuggestionEnum": ["same", "different", "open"],
        "VerdictAnswerEnum": "apps.discretion.models.Verdict.Answer",
        "VoteAnswerEnum": ["wiser", "not_wiser", "unsure", "same", "not_about"],
        "NullAnnotatorEnum": ["coin", "longer"],
        "OverallAnswerEnum": ["a", "b", "tie", "both_bad", "cannot_tell", "skip"],
        "PrincipleAnswerEnum": ["a", "b", "tie", "not_applicable"],
        "OptionalOverallEnum": ["tie", "both_bad", "cannot_tell", "skip"],
        "OptionalByPrincipleEnum": ["tie", "not_applicable"],
        "BatchKindEnum": "apps.discretion.models.Batch.Kind",
        "ProbeKindEnum": "apps.discretion.models.Probe.Kind",
        "WhyNotEnum": "apps.discretion.models.Act.Why",
        "AnnotatorKindEnum": "apps.discretion.models.Annotator.Kind",
        "RaterKindEnum": "apps.discretion.rest.measures_outputs.KINDS",
    },
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "config.api.add_event_schemas",
        "config.api.require_outputs",
    ],
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # The clock gives lost jobs back every two seconds; that is no news.
    "loggers": {
        "celery.beat": {"level": "WARNING"},
        "celery.worker.strategy": {"level": "WARNING"},
        "celery.app.trace": {"level": "WARNING"},
        # It would write the links of participants whom a pilot simulates.
        "httpx": {"level": "WARNING"},
    },
}
