"""Read what the environment says, and say in one sentence what is wrong with it."""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parent.parent


def data_dir() -> Path:
    """Return the folder that holds the database, files, logs and the secret key."""
    return Path(os.environ.get("DATA_DIR") or ROOT / "var").resolve()


def ensure_secret_key(folder: Path) -> str:
    """Return the installation's secret key, making one on the first start and keeping it."""
    if given := os.environ.get("SECRET_KEY"):
        return given
    path = folder / "secret_key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            pass
        else:
            with os.fdopen(handle, "w") as file:
                file.write(secrets.token_urlsafe(50))
    key = path.read_text().strip()
    if not key:
        raise ImproperlyConfigured(
            f"{path} is empty: delete it, and a new secret key is made on the next start."
        )
    return key


def flag(name: str, *, default: bool = False) -> bool:
    """Return a yes-or-no variable."""
    value = os.environ.get(name)
    if value is None or value == "":
        return default
    if value.lower() in {"1", "true", "yes", "on"}:
        return True
    if value.lower() in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}: write 1 or 0.")


def words(name: str) -> list[str]:
    """Return a variable that lists things, separated by commas."""
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]


def broker_url(store: str) -> str:
    """Return the store's address in the form that Celery reads.

    redis-py writes a Unix socket as ``unix:///path``; kombu writes it as ``redis+socket:///path``.
    """
    if store.startswith("unix://"):
        return "redis+socket://" + store.removeprefix("unix://").replace("?db=", "?virtual_host=")
    return store
