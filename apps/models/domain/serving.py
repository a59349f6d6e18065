"""How a checkpoint is served, in commands that can be copied as they stand."""

import shlex
from dataclasses import dataclass, replace

RANKS = (8, 16, 32, 64, 128, 256, 320, 512)
"""What vLLM takes as ``--max-lora-rank``."""
PORT = 8001
ON_A_PROCESSOR = "--device cpu --cb-num-blocks 64 --cb-max-batch-tokens 256"
"""Bounds what `transformers serve` keeps of chats: 64 blocks of 256 tokens. Else it takes half the memory."""


@dataclass(frozen=True, kw_only=True)
class Weights:
    """Where a checkpoint lies; the rest of an adapter (LoRA) alone: ``stacked`` on another adapter."""

    folder: str
    name: str
    base: str = ""
    rank: int = 0
    stacked: bool = False


@dataclass(frozen=True)
class Command:
    """A command, what it is for, and what it serves."""

    purpose: str
    text: str
    served_as: str


def commands(weights: Weights) -> list[Command]:
    """Return the commands that serve a checkpoint, the simplest first."""
    return _adapter(weights) if weights.base else _whole(weights)


def _whole(weights: Weights) -> list[Command]:
    folder, name = shlex.quote(weights.folder), shlex.quote(weights.name)
    return [
        Command("For everything, with Touchstone itself", f"LLM_PATH={folder} make run", weights.folder),
        Command(
            "By vLLM, on this machine or another",
            f"vllm serve {folder} --served-model-name {name} --port {PORT}",
            weights.name,
        ),
        Command(
            "By transformers, on a graphics card",
            f".venv/bin/transformers serve {folder} --port {PORT} --continuous-batching",
            weights.folder,
        ),
        Command(
            "By transformers, without a graphics card",
            f".venv/bin/transformers serve {folder} --port {PORT} --continuous-batching {ON_A_PROCESSOR}",
            weights.folder,
        ),
    ]


def _adapter(weights: Weights) -> list[Command]:
    base, folder = shlex.quote(weights.base), shlex.quote(weights.folder)
    rank = next((one for one in RANKS if one >= weights.rank), RANKS[-1])
    into = f"{weights.folder}-merged"
    beside = Command(
        "By vLLM, as an adapter beside its base",
        f"vllm serve {base} --enable-lora --max-lora-rank {rank} "
        f"--lora-modules {shlex.quote(f'{weights.name}={weights.folder}')} --port {PORT}",
        weights.name,
    )
    return [
        # A server takes one adapter beside whole weights, and no adapter beside an adapter.
        *([] if weights.stacked else [beside]),
        Command(
            "Merged into a folder of its own, which any server takes",
            f".venv/bin/python -m apps.models.engine.local.merge {folder} {shlex.quote(into)}",
            "",
        ),
        *(
            replace(command, purpose=f"Merged: {command.purpose[0].lower()}{command.purpose[1:]}")
            for command in _whole(Weights(folder=into, name=weights.name))
        ),
    ]
