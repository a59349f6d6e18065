"""A reply on its way: its text so far in the store, told every 50 ms or so, dropped once it is saved.

Offsets count characters (code points), here and in the participant's script.
"""

import json
import logging
from collections.abc import Sequence
from functools import cache
from typing import Any

import redis
from django.conf import settings

from apps.shared.services import streams

logger = logging.getLogger(__name__)
KEPT_SECONDS = 3600


@cache
def _client(url: str) -> "redis.Redis":
    return redis.Redis.from_url(url, socket_timeout=5, decode_responses=True)


def _key(interview_id: int, position: int) -> str:
    return f"reply:{interview_id}:{position}"


def group_of(*, interview_id: int) -> str:
    """Return the channel group of an interview's open pages."""
    return f"interview.{interview_id}"


def put(*, interview_id: int, position: int, attempt: int, text: str, told: str) -> None:
    """Keep the text so far and tell open pages what is new since ``told``; losing a frame loses nothing."""
    frame = {"position": position, "attempt": attempt, "offset": len(told), "text": text[len(told) :]}
    try:
        kept = json.dumps({"attempt": attempt, "text": text})
        _client(settings.STORE_URL).set(_key(interview_id, position), kept, ex=KEPT_SECONDS)
        tell(interview_id=interview_id, message={"type": "interview.frame", **frame})
    except redis.RedisError as error:
        logger.warning("A frame of a reply was not told: %s", error)


def get(*, interview_id: int, position: int) -> tuple[int, str] | None:
    """Return attempt and text of a reply on its way, None where the store has none."""
    try:
        kept = _client(settings.STORE_URL).get(_key(interview_id, position))
    except redis.RedisError as error:
        logger.warning("The frames of a reply cannot be read: %s", error)
        return None
    if not isinstance(kept, str):
        return None
    found = json.loads(kept)
    return int(found["attempt"]), str(found["text"])


def drop(*, interview_id: int, position: int) -> None:
    """Forget a reply whose text is saved."""
    try:
        _client(settings.STORE_URL).delete(_key(interview_id, position))
    except redis.RedisError as error:
        logger.warning("The frames of a reply stay for an hour: %s", error)


def tell_all(*, interview_id: int, messages: Sequence[dict[str, Any]]) -> None:
    """Tell the open pages of an interview several things in this order, in one go."""
    tell(interview_id=interview_id, message={"type": "interview.several", "messages": list(messages)})


def tell(*, interview_id: int, message: dict[str, Any]) -> None:
    """Tell the open pages of an interview."""
    try:
        streams.tell(group=group_of(interview_id=interview_id), messages=[message])
    except (redis.RedisError, OSError) as error:
        logger.warning("Open pages were not told: %s", error)
