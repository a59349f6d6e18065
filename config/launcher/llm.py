"""A server for the language model that `LLM_PATH` names."""

import importlib.util
import shutil
import sys
from pathlib import Path

from config.launcher.errors import LaunchError
from config.launcher.program import Program
from config.launcher.ready import answers_http


def describe_llm(*, model: Path, port: int) -> Program:
    """Return the program that serves a model folder: vLLM where it is installed, else transformers."""
    if importlib.util.find_spec("vllm"):
        command = [_find_script("vllm"), "serve", str(model), "--host", "127.0.0.1", "--port", str(port)]
    else:
        command = [
            _find_script("transformers"),
            "serve",
            str(model),
            "--host",
            "127.0.0.1",
            "--port",
            str(port),
        ]
        command += _batching(gpu=has_gpu())
    return Program(
        name="llm",
        command=command,
        ready=answers_http(host="127.0.0.1", port=port, path="/health"),
        ends_last=True,
    )


def has_gpu() -> bool:
    """Say whether an NVIDIA driver is there, without loading torch to ask."""
    return Path("/dev/nvidiactl").exists() or shutil.which("nvidia-smi") is not None


def _batching(*, gpu: bool) -> list[str]:
    """Return the options under which requests share the model.

    On a CPU the cache is kept small: by default it takes most of the free memory.
    """
    if gpu:
        return ["--continuous-batching"]
    return [
        "--continuous-batching",
        "--cb-num-blocks",
        "64",
        "--cb-max-batch-tokens",
        "256",
        "--device",
        "cpu",
    ]


def _find_script(name: str) -> str:
    """Return a console script of this virtual environment."""
    beside = Path(sys.executable).with_name(name)
    found = str(beside) if beside.exists() else shutil.which(name)
    if not found:
        raise LaunchError(f"The command `{name}` is not installed here: run `make setup` and try again.")
    return found
