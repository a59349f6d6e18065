"""A server for the language model that `LLM_PATH` names."""

import importlib.util
import json
import shutil
import sys
from pathlib import Path

from apps.models.engine.inspection import inspect
from config.launcher.errors import LaunchError
from config.launcher.program import Program
from config.launcher.ready import answers_chat, answers_http

CPU_BLOCKS, BLOCK_TOKENS = 64, 256
"""How many blocks of the cache `transformers serve` is given on a CPU, and how many tokens one holds."""


def check_model(*, model: Path) -> None:
    """Raise LaunchError where `transformers serve` would not serve a folder, or would run what is in it.

    vLLM takes more kinds of folders, and says by itself what it does not take.
    """
    problems = () if _has_vllm() else inspect(folder=model).problems
    if problems:
        raise LaunchError(f"LLM_PATH is {model}. {problems[0]}")


def describe_llm(*, model: Path, port: int) -> Program:
    """Return the program that serves a model folder: vLLM where it is installed, else transformers."""
    if _has_vllm():
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
    health = answers_http(host="127.0.0.1", port=port, path="/health")
    # This server goes on sampling as in its first request, whatever is asked: so the first is ours.
    first = answers_chat(host="127.0.0.1", port=port, model=str(model))
    ready = health if _has_vllm() else lambda: health() and first()
    return Program(name="llm", command=command, ready=ready, ends_last=True)


def traits_of(*, model: Path) -> dict[str, str]:
    """Return what an installation has to know of the server that it starts: vLLM says or heeds all of it.

    The other neither heeds a later temperature nor refuses what is too long for it.
    """
    return (
        {}
        if _has_vllm()
        else {
            "LLM_FIXED_TEMPERATURE": "0",
            "LLM_CONTEXT_TOKENS": str(context_of(model=model)),
        }
    )


def context_of(*, model: Path, blocks: int = CPU_BLOCKS) -> int:
    """Return how many tokens a served folder reads at once, by its configuration and what the cache holds.

    0 where the configuration does not say.
    """
    try:
        told = json.loads((model / "config.json").read_text("utf-8"))
    except (OSError, ValueError):
        return 0
    text = told.get("text_config") if isinstance(told.get("text_config"), dict) else told
    found = text.get("max_position_embeddings")
    longest = found if isinstance(found, int) else 0
    return min(longest, blocks * BLOCK_TOKENS) if longest and not has_gpu() else longest


def _has_vllm() -> bool:
    return importlib.util.find_spec("vllm") is not None


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
        str(CPU_BLOCKS),
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
