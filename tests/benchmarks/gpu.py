"""How near a machine with CUDA comes to what its memory and its arithmetic allow.

    .venv/bin/pytest -q -s tests/benchmarks/gpu.py

Random weights are enough: what is timed is moving and multiplying them. On a machine without CUDA everything
is skipped; ``BENCH_SHAPE=tiny`` runs it there on a shape that fits anywhere, to see that it runs.

Decoding: each step reads all weights once and every interview's keys and values once, so that with memory of
``bandwidth`` bytes a second, W bytes of weights, and K bytes of keys and values an interview,

    tokens a second <= B / ((W + B K) / bandwidth)   at B concurrent interviews.

Training by DPO with LoRA, P parameters: 2 P operations a token for the pass, 2 P for the gradient of the
activations, 2 P for the reference; what is worked out again to save memory is not counted. With ``rate``
operations a second of large matrix products,

    seconds a step >= 6 P tokens / rate.

Bandwidth and rate are measured on the machine at hand, by copying and by multiplying.
"""

import dataclasses
import importlib.metadata
import importlib.util
import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import torch
from transformers import LlamaConfig, LlamaForCausalLM

from apps.models.domain import recipes
from apps.models.engine.base import Message
from tests.factories.models import example
from tests.models.serving import served
from tests.models.tiny_lm import _tokenizer as tokenizer_of

ROOT = Path(__file__).resolve().parents[2]
CUDA = torch.cuda.is_available()
NAME = os.environ.get("BENCH_SHAPE", "8b")


@dataclasses.dataclass(frozen=True)
class Size:
    """A model's shape, and how much of everything is asked of it."""

    layers: int
    width: int
    inner: int
    heads: int
    key_heads: int
    vocabulary: int
    decoded: int
    prompt_words: int
    rows: int
    steps: int
    matrix: int
    copied: int
    length: int


SHAPES = {
    "8b": Size(32, 4096, 14336, 32, 8, 128_256, 256, 400, 48, 10, 8192, 2**30, 1024),
    "tiny": Size(2, 64, 128, 4, 2, 1500, 8, 20, 12, 2, 512, 2**22, 256),
}
SIZE = SHAPES[NAME]
WHY_NOT = "There is no CUDA device here: run it on a machine with one, or set BENCH_SHAPE=tiny."
pytestmark = [pytest.mark.skipif(not CUDA and NAME == "8b", reason=WHY_NOT), pytest.mark.timeout(3600)]


def words(count: int) -> str:
    """Return so many words that the tokenizer knows."""
    return " ".join(chr(97 + place % 26) * (1 + place % 7) for place in range(count))


def say(line: str) -> None:
    """Print a line of the report, past pytest's capture."""
    sys.__stdout__.write(f"{line}\n")  # type: ignore[union-attr]


def timed(work: Callable[[], Any], *, times: int = 5) -> float:
    """Return the least seconds of several goes, after one that warms things up."""
    found = []
    for _ in range(times + 1):
        begin()
        began = time.perf_counter()
        work()
        begin()
        found.append(time.perf_counter() - began)
    return min(found[1:])


def begin() -> None:
    """Wait until the device has done what it was asked."""
    if CUDA:
        torch.cuda.synchronize()


@dataclasses.dataclass(frozen=True)
class Machine:
    """What the device can do at best, measured: bytes and operations a second."""

    name: str
    bandwidth: float
    rate: float


@pytest.fixture(scope="module")
def machine() -> Machine:
    """Return the measured machine; printed with the versions, so that figures can be compared."""
    device = "cuda" if CUDA else "cpu"
    kind = torch.bfloat16 if CUDA else torch.float32
    source = torch.empty(SIZE.copied, dtype=torch.uint8, device=device)
    target = torch.empty_like(source)
    bandwidth = 2 * SIZE.copied / timed(lambda: target.copy_(source))
    one = torch.randn(SIZE.matrix, SIZE.matrix, dtype=kind, device=device)
    rate = 2 * SIZE.matrix**3 / timed(lambda: one @ one)
    if CUDA:
        torch.cuda.empty_cache()
    name = torch.cuda.get_device_name() if CUDA else "this machine's processor"
    versions = ", ".join(
        f"{part} {importlib.metadata.version(part)}" for part in ("torch", "transformers", "trl")
    )
    say(f"\n{name}; {versions}; shape {NAME}")
    say(f"memory {bandwidth / 1e9:,.0f} GB/s, matrix products {rate / 1e12:,.2f} TFLOP/s, both measured")
    return Machine(name, bandwidth, rate)


@dataclasses.dataclass(frozen=True)
class Model:
    """A folder of random weights: how many numbers, and how many bytes a step of decoding reads."""

    folder: Path
    parameters: int
    read: int

    def kept(self, tokens: int) -> int:
        """Return the bytes of keys and values of an interview of so many tokens."""
        return 2 * SIZE.layers * SIZE.key_heads * (SIZE.width // SIZE.heads) * 2 * tokens


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Model:
    """Save a model of the shape with random weights, and a tokenizer with a chat template."""
    folder = tmp_path_factory.mktemp("weights")
    text = words(182)
    tokenizer = tokenizer_of([(Message("user", text), Message("assistant", text))])
    config = LlamaConfig(
        hidden_size=SIZE.width, intermediate_size=SIZE.inner, num_hidden_layers=SIZE.layers,
        num_attention_heads=SIZE.heads, num_key_value_heads=SIZE.key_heads, vocab_size=SIZE.vocabulary,
        max_position_embeddings=8192, tie_word_embeddings=False, bos_token_id=None,
        eos_token_id=tokenizer.eos_token_id, pad_token_id=tokenizer.pad_token_id,
    )  # fmt: skip
    torch.manual_seed(0)
    with torch.device("cuda" if CUDA else "cpu"):
        made = LlamaForCausalLM(config).to(torch.bfloat16)
    made.generation_config.eos_token_id = tokenizer.eos_token_id
    made.generation_config.pad_token_id = tokenizer.pad_token_id
    made.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    parameters = sum(part.numel() for part in made.parameters())
    read = 2 * (parameters - made.get_input_embeddings().weight.numel())
    del made
    if CUDA:
        torch.cuda.empty_cache()
    return Model(folder, parameters, read)


def asked(address: str, model: Model, number: int) -> tuple[int, int]:
    """Have one interview's reply written; return how many tokens were read and written."""
    body: dict[str, Any] = {
        "model": str(model.folder),
        "messages": [{"role": "user", "content": f"{number}: {words(SIZE.prompt_words)}"}],
        "max_tokens": SIZE.decoded,
        "temperature": 1.0,
        "seed": number,
    }
    if importlib.util.find_spec("vllm"):  # the other server refuses what it does not know
        body["ignore_eos"] = True
    request = urllib.request.Request(  # noqa: S310  (our own server)
        f"{address}/chat/completions", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=600) as answer:  # noqa: S310
        used = json.load(answer)["usage"]
    return int(used["prompt_tokens"]), int(used["completion_tokens"])


def test_decoding_beside_the_floor_of_the_memory(machine: Machine, model: Model) -> None:
    with served(model.folder, seconds=900) as address:
        asked(address, model, 0)
        for people in (1, 64):
            began = time.perf_counter()
            with ThreadPoolExecutor(people) as hands:
                found = list(hands.map(lambda number: asked(address, model, number), range(1, people + 1)))
            seconds = time.perf_counter() - began
            written = sum(wrote for _, wrote in found)
            each = sum(read + wrote / 2 for read, wrote in found) / people
            most = people * machine.bandwidth / (model.read + people * model.kept(round(each)))
            say(
                f"decoding, {people} at once: {written / seconds:,.0f} tokens/s of at most {most:,.0f} "
                f"({written / seconds / most:.0%}); {written} tokens in {seconds:.1f} s, reading included"
            )
            assert written > 0


def test_training_beside_the_floor_of_the_arithmetic(machine: Machine, model: Model, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    folder.mkdir()
    half = "bfloat16" if CUDA else "float32"
    values: dict[str, Any] = {
        "method": "dpo", "base": str(model.folder), "tuning": "lora", "precision": half, "batch_size": 2,
        "max_length": SIZE.length, "checkpointing": True, "dry_run": SIZE.steps, "learning_rate": 1e-5,
    }  # fmt: skip
    (folder / "config.json").write_text(recipes.parse(values).model_dump_json())
    text = words(SIZE.prompt_words)
    rows = [
        example(
            place, prompt=f"{place}: {text}", response_a=text, response_b=" ".join(reversed(text.split()))
        )
        for place in range(SIZE.rows)
    ]
    for side in ("train", "held_out"):
        (folder / f"{side}.jsonl").write_text("".join(row.to_json() + "\n" for row in rows))

    subprocess.run([sys.executable, "-m", "apps.models.training", str(folder)], cwd=ROOT, check=True)

    result = json.loads((folder / "result.json").read_text())
    tokens = 2 * values["batch_size"] * mean_tokens(model, rows)
    floor = 6 * model.parameters * tokens / machine.rate
    took = result["seconds_a_step"]
    say(
        f"DPO with LoRA: {took:.3f} s a step of at least {floor:.3f} ({floor / took:.0%}); "
        f"{tokens:,.0f} tokens a step, peak memory {result['peak_memory_mb']:,.0f} MB"
    )
    assert result["step"] == SIZE.steps


def mean_tokens(model: Model, rows: list[Any]) -> float:
    """Return how many tokens a prompt with a response has on average."""
    from apps.models.training.language import loading, tokens

    tokenizer = loading.tokenizer(str(model.folder))
    lengths = [
        len(tokens.said(tokenizer=tokenizer, prompt=row.prompt, response=response))
        for row in rows
        for response in (row.response_a, row.response_b)
    ]
    return sum(lengths) / len(lengths)
