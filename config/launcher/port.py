"""Ask whether an address is free before anything is started for it."""

import errno
import os
import socket

from config.launcher.errors import LaunchError


def check_port(*, host: str, port: int) -> None:
    """Raise a sentence where the web process could not listen."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        # The web server sets the same option, so that a port in TIME_WAIT counts as free.
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
            trial.listen(1)
        except OSError as error:
            raise LaunchError(_explain(error, host=host, port=port)) from error


def find_port() -> int:
    """Return a free port of this machine, for a server that only its own processes call."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port


def _explain(error: OSError, *, host: str, port: int) -> str:
    """Return the sentence for one refusal."""
    if error.errno == errno.EADDRINUSE:
        other = port + 1 if port < 65535 else 8000
        return (
            f"Port {port} on {host} is taken by another program: "
            f"stop that program or choose another port, for example PORT={other}."
        )
    if error.errno == errno.EACCES:
        return f"Port {port} needs more rights than this account has: choose one above 1023, like PORT=8000."
    reason = os.strerror(error.errno).lower() if error.errno else str(error)
    return f"HOST={host} cannot be listened on ({reason}): name an address of this machine."
