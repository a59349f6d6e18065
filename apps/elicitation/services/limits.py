"""A bound on how often one address may do a thing: enough against scripts, wide enough for a classroom."""

import hashlib
import logging

import redis
from django.core.cache import cache
from django.utils.translation import gettext as _

from apps.shared.errors import Conflict

logger = logging.getLogger(__name__)
WINDOW_SECONDS = 600
ENROLMENTS = 60
RETURNS = 10


class TooOften(Conflict):
    """The same address did this too often."""

    code = "too_often"
    status = 429


def count(*, what: str, address: str, at_most: int) -> None:
    """Count one try; raise TooOften where there were more than ``at_most`` in ten minutes.

    The address is kept as a hash, and only for the ten minutes. A store that is down stops nobody from
    taking part.
    """
    key = "limit:" + hashlib.sha256(f"{what}:{address}".encode()).hexdigest()[:32]
    try:
        cache.add(key, 0, timeout=WINDOW_SECONDS)
        tries = cache.incr(key)
    except (redis.RedisError, OSError, ValueError) as error:
        logger.warning("Tries cannot be counted: %s", error)
        return
    if tries > at_most:
        raise TooOften(
            _("This was tried very often from where you are. Please wait ten minutes and try once more.")
        )
