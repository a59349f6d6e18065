"""Start Touchstone: `python -m config.launcher`, which is what `make run` calls."""

import contextlib
import os
import sys

from config.env import ensure_secret_key
from config.launcher.environment import read_environment
from config.launcher.errors import LaunchError
from config.launcher.folder import DataFolder
from config.launcher.guard import Guard
from config.launcher.launch import launch
from config.launcher.port import check_port
from config.launcher.store import check_store
from config.launcher.supervisor import StopAskedError, Supervisor


def main() -> int:
    """Run until somebody stops it; return the exit status."""
    try:
        environment = read_environment(variables=os.environ)
        folder = DataFolder(environment.data_dir)
        lock = folder.claim()
        check_port(host=environment.host, port=environment.port)
        if environment.redis_url:
            check_store(url=environment.redis_url)
        ensure_secret_key(folder.path)
    except LaunchError as error:
        return _fail(error)
    folder.rotate_logs()
    guard = Guard(lock=lock)
    supervisor = Supervisor(folder=folder, guard=guard, say=_say)
    supervisor.listen_to_signals()
    try:
        launch(environment=environment, folder=folder, supervisor=supervisor, say=_say)
        while True:
            supervisor.watch()
    except StopAskedError:
        _say("Stopping.")
        supervisor.stop()
        _say("Stopped: no process is left.")
        return 0
    except LaunchError as error:
        supervisor.stop()
        return _fail(error)
    finally:
        guard.close()
        folder.release()


def _say(text: str) -> None:
    """Print at once, also where the output is a file; a terminal that is gone is no reason to fail."""
    with contextlib.suppress(OSError):
        print(text, flush=True)


def _fail(error: LaunchError) -> int:
    """Print why it did not start."""
    print(error, file=sys.stderr, flush=True)
    return 1


if __name__ == "__main__":
    sys.exit(main())
