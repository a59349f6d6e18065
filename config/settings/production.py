"""What `make run` uses: nothing is open that need not be."""

from config import env
from config.settings.base import *
from config.settings.base import TRUSTED_PROXY

if TRUSTED_PROXY:
    # HTTPS ends at the proxy in front; README, "HTTPS in front".
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    USE_X_FORWARDED_HOST = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = env.flag("SSL_REDIRECT", default=True)
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
