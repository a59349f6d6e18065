"""Which processes an installation consists of."""

import sys
from collections.abc import Mapping
from pathlib import Path

from config.launcher.environment import Environment
from config.launcher.folder import DataFolder
from config.launcher.program import Program
from config.launcher.ready import answers_http, writes_line

LARGEST_SOCKET_MESSAGE = 1024 * 1024
WORKERS = {"replies": ("replies", 8), "worker": ("default", 3), "trainer": ("training", 1)}


def share_variables(
    *,
    inherited: Mapping[str, str],
    folder: DataFolder,
    redis_url: str,
    llm_url: str,
    llm_model: str,
    llm_traits: Mapping[str, str] | None = None,
    web_address: str = "",
) -> dict[str, str]:
    """Return the environment that every process gets."""
    defaults = {
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        # Model hubs are asked for nothing: models are folders that the installation names.
        "HF_HUB_OFFLINE": "1",
        "HF_HUB_CACHE": str(folder.path / "hub"),
        # Waiting threads that spin slow every other process down when cores are few.
        "OMP_WAIT_POLICY": "passive",
        "TOKENIZERS_PARALLELISM": "false",
        # Simulated participants come in by the same door as people.
        "WEB_ADDRESS": web_address,
        **(llm_traits or {}),
    }
    return {
        **defaults,
        **inherited,
        "DATA_DIR": str(folder.path),
        "REDIS_URL": redis_url,
        "LLM_URL": llm_url,
        "LLM_MODEL": llm_model,
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "DO_NOT_TRACK": "1",
        "PYTHONUNBUFFERED": "1",
    }


def describe_prepare() -> list[str]:
    """Return the command that brings the database up to date and loads the demo."""
    return [sys.executable, "manage.py", "prepare"]


def describe_web(environment: Environment) -> Program:
    """Return the web process.

    It keeps no access log: participants' links are their keys and do not belong in a file.
    """
    command = [sys.executable, "-m", "uvicorn", "config.asgi:application", "--lifespan", "off"]
    command += ["--host", environment.host, "--port", str(environment.port)]
    command += ["--no-server-header", "--no-access-log", "--ws-max-size", str(LARGEST_SOCKET_MESSAGE)]
    # What is said is short: packing it costs more than sending it, and memory for every open page.
    command += ["--ws-per-message-deflate", "false", "--timeout-graceful-shutdown", "3"]
    command += ["--proxy-headers" if environment.trusted_proxy else "--no-proxy-headers"]
    probe = answers_http(host=environment.reachable_host, port=environment.port, path="/healthz")
    return Program(name="web", command=command, ready=probe)


def describe_worker(*, name: str, folder: DataFolder) -> Program:
    """Return one of the Celery workers; the one for everyday work also keeps the clock."""
    queue, threads = WORKERS[name]
    command = [sys.executable, "-m", "celery", "-A", "config", "worker", "-Q", queue, "-n", f"{name}@%h"]
    command += ["-P", "threads", "-c", str(threads), "-l", "INFO", "--without-gossip", "--without-mingle"]
    if name == "worker":
        command += ["-B", "-s", str(_make_schedule_folder(folder) / "beat")]
    return Program(
        name=name,
        command=command,
        ready=writes_line(log=folder.log(name), ending=" ready."),
        children_outlive_it=name == "trainer",
    )


def _make_schedule_folder(folder: DataFolder) -> Path:
    """Return where the clock remembers when it last rang."""
    path = folder.path / "schedule"
    path.mkdir(exist_ok=True)
    return path
