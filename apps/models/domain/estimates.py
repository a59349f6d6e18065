"""How much memory and time a run takes, before it is launched: from parameters, batch and length."""

import dataclasses
import json
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from apps.models.domain import recipes
from apps.models.domain import rows as made
from apps.models.domain.recipes import MINILM, RewardConfig, TrainingConfig
from apps.models.domain.recipes.language import (
    BCOConfig,
    DPOConfig,
    GRPOConfig,
    KTOConfig,
    LanguageConfig,
    LanguageRewardConfig,
    SFTConfig,
)

PROCESS_MB, LANGUAGE_PROCESS_MB = 580.0, 650.0
"""What a process holds that has loaded the libraries and no model, and saves a checkpoint; measured."""
SECONDS_APART = 10.0
"""Loading the libraries and the model, roughly."""
CPU_RATE = 2.5e10
"""Floating-point operations a second of one processor core on small matrix products, measured, cautious."""
ACTIVATIONS, GATED = 34, 52
"""Bytes of activations a token, layer and unit of width in 16 bits (Korthikanti et al., arXiv 2205.05198),
and of language models of today, whose inner layer has a gate; measured.
"""
ATTENDED = 8
"""The same a token, layer, head and token attended to, where weights are dropped; 5 there, 8 measured, since
what is dropped is kept in whole numbers of bytes.
"""
LOGIT, LOGITS = 34, (4096, 32_768)
"""Bytes a token and word of the vocabulary while a loss is worked out, measured, and how many of both the
library takes at once. A GPU's kernel holds one number where a processor holds eight.
"""


@dataclasses.dataclass(frozen=True)
class Shape:
    """What must be known of a model; ``heads`` are those whose weights are dropped while it learns, and so
    kept for the way back.
    """

    parameters: int
    layers: int
    width: int
    vocabulary: int
    heads: int = 0


MINILM_SHAPE = Shape(parameters=22_713_216, layers=6, width=384, vocabulary=30_522, heads=12)


@dataclasses.dataclass(frozen=True)
class Estimate:
    """Memory in MB, time in seconds on one core, and what they follow from."""

    memory_mb: float
    seconds: float
    steps: int
    parameters: int
    trained_parameters: int
    tokens: int


def shape_of(folder: Path) -> Shape | None:
    """Return the shape of the model in a folder, from its configuration and the heads of its weights.

    Small matrices have the shape of the model beside which they were trained.
    """
    try:
        if (beside := folder / "adapter_config.json").is_file():
            return shape_of(Path(json.loads(beside.read_text())["base_model_name_or_path"]))
        config = json.loads((folder / "config.json").read_text())
        parameters = sum(_parameters(path) for path in folder.glob("*.safetensors"))
        inner = config.get("text_config", config)
        layers, width = int(inner["num_hidden_layers"]), int(inner["hidden_size"])
        vocabulary = int(inner["vocab_size"])
        drops = any(inner.get(name) for name in ("attention_probs_dropout_prob", "attention_dropout"))
        heads = int(inner["num_attention_heads"]) if drops else 0
    except (OSError, ValueError, KeyError, TypeError, struct.error):
        return None
    return Shape(parameters, layers, width, vocabulary, heads) if parameters else None


def shape_for(config: TrainingConfig) -> Shape | None:
    """Return the shape of the model that a configuration starts from, None where it is not here."""
    if isinstance(config, LanguageConfig):
        return shape_of(Path(config.base))
    encoder = getattr(config, "encoder", "")
    return MINILM_SHAPE if encoder == MINILM else shape_of(Path(encoder))


def sentence(found: Estimate | None) -> str:
    """Return an estimate in words."""
    if found is None:
        return "The model is not on this machine, so memory and time are not known; a dry run measures them."
    return (
        f"About {found.memory_mb:,.0f} MB and {duration(found.seconds)} on one processor core for "
        f"{found.steps} steps; a GPU is much faster, and a dry run measures both."
    )


def estimate(
    *,
    config: TrainingConfig,
    shape: Shape,
    rows: int,
    tokens_a_row: float,
    longest_row: float | None = None,
    threads: int = 1,
) -> Estimate:
    """Return what a run is likely to take.

    Memory: with P parameters of b bytes, T of them trained, n sequences as long as the longest row, s, L
    layers of width h, a heads whose weights are dropped, a vocabulary of V:

        P b  +  T (4 + 8)  +  (P b for a reference copy)  +  n s L (34 h + 8 a s) b / 2
             +  34 min(n s, 4096) min(V, 32,768) for log-probabilities  +  the process itself

    gradients and Adam's two means in 32 bits. LoRA needs no copy: its matrices are switched off. Kept
    activations shrink to n s L h b with checkpointing; a frozen encoder keeps one layer's. Time: 6 T'
    operations a token, 2 P for the reference, 2 P a token written, 4 P for KTO's mismatched rows; T' is P, or
    2/3 of it with LoRA, which needs no gradient of the weights themselves. ``rows`` is what the method makes
    of the training pairs (``rows_of``); a group of GRPO's responses comes of one. Checks are left out.
    """
    steps, read = _work(config, rows)
    sequences = 2 if _paired(config) else 1
    written = config.response_length if isinstance(config, GRPOConfig) else 0
    length, longest = (
        min(float(config.max_length), tokens + written)
        for tokens in (tokens_a_row, max(tokens_a_row, longest_row or 0.0))
    )
    tokens = sequences * length * read
    trained = _trained(config, shape)
    at_once = config.batch_size * sequences * longest
    activations = at_once * _activations_a_token(config, shape, longest)
    held = shape.parameters * _held_a_parameter(config) + trained * 12
    memory = held + activations + _logits(config, shape, at_once)
    operations = _passes(config) * shape.parameters * tokens
    return Estimate(
        memory_mb=round(memory / 1e6 + _process_mb(config), 0),
        seconds=round(operations / (CPU_RATE * threads) + SECONDS_APART, 0),
        steps=steps,
        parameters=shape.parameters,
        trained_parameters=trained,
        tokens=round(tokens),
    )


def rows_of(config: TrainingConfig, *, pairs: int, ties: int, prompts: int) -> int:
    """Return how many rows a configuration makes of a data set's training pairs.

    Where it takes fewer pairs than there are, ties are taken to be as frequent among them.
    """
    kept = min(pairs, config.limit or pairs)
    reads = recipes.find(config.method).reads
    if isinstance(config, DPOConfig) and config.labels == "hard":
        reads = "decided_pairs"
    if isinstance(config, BCOConfig) and not config.paired:
        reads = "judgements"
    tied = round(ties * kept / pairs) if pairs else 0
    return made.count(reads=reads, pairs=kept, ties=tied, prompts=min(prompts, kept))


def dry_run_sentence(result: Mapping[str, Any]) -> str:
    """Return what a dry run found, and what the whole run would take by it."""
    seconds, whole = float(result["seconds_a_step"]), int(result["whole_steps"])
    return (
        f"Dry run of {result['step']} steps: {seconds:.2f} s a step, {result['peak_memory_mb']:.0f} MB. "
        f"All {whole} steps would take about {duration(seconds * whole)}."
    )


def duration(seconds: float) -> str:
    """Return a time in words."""
    if seconds < 90:
        return f"{max(1, round(seconds))} seconds"
    if seconds < 5400:
        return f"{round(seconds / 60)} minutes"
    return f"{seconds / 3600:.1f} hours"


def _parameters(path: Path) -> int:
    """Return how many numbers a safetensors file holds, from its head alone."""
    with path.open("rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        head = json.loads(file.read(min(length, 100_000_000)))
    total = 0
    for name, entry in head.items():
        if name != "__metadata__":
            count = 1
            for side in entry["shape"]:
                count *= int(side)
            total += count
    return total


def _work(config: TrainingConfig, rows: int) -> tuple[int, int]:
    """Return how many steps a run takes, and how many rows, or written responses, it reads for them."""
    a_step = config.batch_size * (config.accumulate if isinstance(config, LanguageConfig) else 1)
    if isinstance(config, GRPOConfig):
        # Prompts that fill no batch of responses are left for the next pass.
        rows *= config.group
        a_pass = max(rows // a_step, 1)
    else:
        a_pass = -(-rows // a_step)
    steps = min(a_pass * config.epochs, config.dry_run or a_pass * config.epochs)
    if isinstance(config, RewardConfig) and config.mode == "instant":
        return 1, rows
    if _frozen(config):
        return steps, rows  # the encoder reads every row once, however often the head sees it
    return steps, min(rows * config.epochs, steps * a_step)


def _passes(config: TrainingConfig) -> float:
    """Return the operations a parameter and token: of the policy, its reference, and what it writes."""
    if _frozen(config):
        return 2.0
    learning = 4.0 if _adapted(config) else 6.0
    mismatched = 4.0 * isinstance(config, KTOConfig)
    return learning + 2.0 * _refers(config) + 2.0 * isinstance(config, GRPOConfig) + mismatched


def _held_a_parameter(config: TrainingConfig) -> int:
    """Return the bytes in which a parameter of the model is held, with those of a reference copy."""
    kept = 2 if config.precision == "bfloat16" and _adapted(config) else 4
    return kept * (2 if _refers(config) and not _adapted(config) else 1)


def _activations_a_token(config: TrainingConfig, shape: Shape, longest: float) -> float:
    """Return the bytes of activations that a token of a sequence so long leaves for the way back."""
    wide = 2 if config.precision == "bfloat16" else 4
    if isinstance(config, LanguageConfig) and config.checkpointing:
        return shape.layers * shape.width * wide
    a_unit = GATED if isinstance(config, LanguageConfig) else ACTIVATIONS
    layers = 1 if _frozen(config) else shape.layers
    return layers * (a_unit * shape.width + ATTENDED * shape.heads * longest) * wide / 2


def _logits(config: TrainingConfig, shape: Shape, tokens: float) -> float:
    """Return the bytes in which the words of the vocabulary are held against each other."""
    if not isinstance(config, LanguageConfig) or isinstance(config, LanguageRewardConfig):
        return 0.0
    return LOGIT * min(tokens, LOGITS[0]) * min(shape.vocabulary, LOGITS[1])


def _process_mb(config: TrainingConfig) -> float:
    return LANGUAGE_PROCESS_MB if isinstance(config, LanguageConfig) else PROCESS_MB


def _trained(config: TrainingConfig, shape: Shape) -> int:
    """Return how many numbers learn; LoRA adds two matrices of a rank to about seven of each layer."""
    if isinstance(config, LanguageConfig) and _adapted(config):
        # Query, key, value, output and three of the inner layer, about 2.7 times as wide.
        sides = 4 * 2 * shape.width + 3 * int(3.7 * shape.width)
        return min(shape.parameters, shape.layers * config.lora_rank * sides)
    if _frozen(config):
        return shape.width
    return shape.parameters


def _paired(config: TrainingConfig) -> bool:
    return config.method in {"reward_model", "reward_lm", "dpo"} or bool(getattr(config, "paired", False))


def _adapted(config: TrainingConfig) -> bool:
    return isinstance(config, LanguageConfig) and config.tuning == "lora"


def _frozen(config: TrainingConfig) -> bool:
    return isinstance(config, RewardConfig) and config.mode != "full"


def _refers(config: TrainingConfig) -> bool:
    """Return whether the policy is held against its base."""
    return isinstance(config, LanguageConfig) and not isinstance(config, SFTConfig | LanguageRewardConfig)
