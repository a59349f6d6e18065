"""Read the choices of an installation from the environment."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from config.launcher.errors import LaunchError

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, kw_only=True)
class Environment:
    """What the person who starts Touchstone chose, with defaults for the rest."""

    host: str
    port: int
    data_dir: Path
    redis_url: str
    llm_url: str
    llm_path: Path | None
    trusted_proxy: bool

    @property
    def reachable_host(self) -> str:
        """Return an address at which this machine reaches its own web process."""
        return {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(self.host, self.host)  # noqa: S104

    @property
    def address(self) -> str:
        """Return the address to print and to open."""
        host = self.reachable_host
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"


def read_environment(*, variables: Mapping[str, str]) -> Environment:
    """Return the choices, or raise a sentence about the first that makes no sense."""
    llm_url, llm_path = variables.get("LLM_URL", ""), variables.get("LLM_PATH", "")
    if llm_url and llm_path:
        raise LaunchError(
            "LLM_URL and LLM_PATH are both set: keep the one that you want and unset the other."
        )
    if llm_url and not variables.get("LLM_MODEL"):
        raise LaunchError(f"LLM_URL is set but LLM_MODEL is not: name a model that {llm_url} serves.")
    return Environment(
        host=variables.get("HOST") or "127.0.0.1",
        port=_read_port(variables.get("PORT") or "8000"),
        data_dir=Path(variables.get("DATA_DIR") or ROOT / "var").expanduser().resolve(),
        redis_url=variables.get("REDIS_URL", ""),
        llm_url=llm_url,
        llm_path=_read_model_folder(llm_path) if llm_path else None,
        trusted_proxy=variables.get("TRUSTED_PROXY", "").lower() in {"1", "true", "yes", "on"},
    )


def _read_port(text: str) -> int:
    """Return a port that a server can listen on."""
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise LaunchError(f"PORT is {text!r}: give a number from 1 to 65535, for example PORT=8000.")
    return int(text)


def _read_model_folder(text: str) -> Path:
    """Return the folder of a model's weights, as an absolute path."""
    path = Path(text).expanduser().resolve()
    if (path / "adapter_config.json").is_file() and not (path / "config.json").is_file():
        raise LaunchError(
            f"LLM_PATH is {path}, which holds an adapter (LoRA) and no whole model. Merge it first: "
            f".venv/bin/python -m apps.models.engine.local.merge {path} A_NEW_FOLDER"
        )
    if not (path / "config.json").is_file():
        raise LaunchError(
            f"LLM_PATH is {path}, which holds no config.json: name the folder of a saved model."
        )
    return path
