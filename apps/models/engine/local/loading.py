"""Load a model's folder: safetensors only, no code from the folder, on CUDA where it is there."""

import dataclasses
import warnings
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import torch
from jinja2 import TemplateError
from transformers import AutoConfig, AutoModel, AutoModelForCausalLM, AutoTokenizer
from transformers.utils import logging

from apps.models.domain.weights import ADAPTER, RECIPE, ancestor, fingerprint, read_json, tokenizer_folder
from apps.models.engine.base import Message, without_system
from apps.models.engine.inspection import WRITES

MOST_TOKENS_ON_CPU, MOST_TOKENS_ON_CUDA = 8192, 65536


@dataclasses.dataclass(frozen=True)
class Loaded:
    """A model with its tokenizer, where it runs, and how many tokens a batch may hold."""

    model: Any
    tokenizer: Any
    device: str
    batch_tokens: int
    longest: int


def load(*, folder: Path, threads: int) -> Loaded:
    """Load a language model, an encoder where the folder holds one, or an adapter with what it lies on."""
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    torch.set_num_threads(threads)
    cuda = torch.cuda.is_available()
    safely: dict[str, Any] = {"local_files_only": True, "trust_remote_code": False}
    whole, *adapters = layers_of(folder)
    config = AutoConfig.from_pretrained(str(whole), **safely)
    writes = any(kind in name for name in config.architectures or [] for kind in WRITES)
    # A graphics card computes in the type that the weights were saved in; on a CPU half types are slow.
    placed: dict[str, Any] = {"dtype": "auto", "device_map": "auto"} if cuda else {"dtype": torch.float32}
    model = whole_weights(AutoModelForCausalLM if writes else AutoModel, whole, **placed)
    if adapters:
        model = merged(model=model, adapters=adapters)
    tokenizer = AutoTokenizer.from_pretrained(str(tokenizer_folder(folder)), **safely)
    tokenizer.padding_side = "left"
    if tokenizer.pad_token_id is None:
        tokenizer.pad_token = tokenizer.eos_token
    return Loaded(
        model=model.eval(),
        tokenizer=tokenizer,
        device=str(model.device),
        batch_tokens=MOST_TOKENS_ON_CUDA if cuda else MOST_TOKENS_ON_CPU,
        longest=int(getattr(config, "max_position_embeddings", 0) or 10**9),
    )


class WeightsMissing(Exception):
    """A folder does not hold all that its model is made of."""


def whole_weights(kind: Any, folder: Path, **placed: Any) -> Any:
    """Load a whole model. Raises WeightsMissing: the library would make up what is not there, by chance."""
    model, told = kind.from_pretrained(
        str(folder), use_safetensors=True, local_files_only=True, trust_remote_code=False,
        output_loading_info=True, **placed,
    )  # fmt: skip
    if missing := sorted(told["missing_keys"]) if kind is AutoModelForCausalLM else []:
        raise WeightsMissing(
            f"{len(missing)} of the weights are not in {folder}, {missing[0]} first: copy the model again."
        )
    return model


class BaseChanged(Exception):
    """The model that an adapter lies on is not there, or not the one that it was trained beside."""


def base_of(folder: Path) -> Path | None:
    """Return the folder that an adapter lies on, None for a whole model. Raises BaseChanged.

    A checkpoint of ours says which weights it was trained beside; an adapter from elsewhere does not.
    """
    named = ancestor(folder)
    if not (folder / ADAPTER).is_file():
        return None
    base, expected = Path(named), read_json(folder / RECIPE).get("base_sha256")
    if not named or not base.is_dir():
        raise BaseChanged(f"The model in {base}, which this adapter lies on, is not there.")
    if expected and fingerprint(base) != expected:
        raise BaseChanged(f"The model in {base} is not the one that this adapter was trained beside.")
    return base


def layers_of(folder: Path) -> list[Path]:
    """Return the folders that make a model: whole weights first, then each adapter in its turn."""
    base = base_of(folder)
    return [*layers_of(base), folder] if base else [folder]


def merged(*, model: Any, adapters: Sequence[Path]) -> Any:
    """Return a model with adapters' matrices added to its weights, one after the other.

    Raises BaseChanged for matrices that do not belong to the model: the library would leave them out.
    """
    from peft import PeftModel  # takes seconds, which whole models need not wait for

    for adapter in adapters:
        with warnings.catch_warnings():
            warnings.filterwarnings("error", message="Found missing adapter keys")
            try:
                model = PeftModel.from_pretrained(model, str(adapter)).merge_and_unload()
            except (UserWarning, RuntimeError, ValueError) as error:
                raise BaseChanged(
                    f"The adapter in {adapter} does not fit the model that it names as its base: "
                    f"{str(error).strip().splitlines()[0][:200]}"
                ) from error
    return model


def chat_tokens(*, loaded: Loaded, messages: list[dict[str, str]]) -> list[int]:
    """Return a chat in tokens, up to where the model's answer begins.

    Instructions begin the first message where the model's template has no place for them.
    """
    ask = partial(loaded.tokenizer.apply_chat_template, add_generation_prompt=True, tokenize=False)
    try:
        text = ask(messages)
    except TemplateError:
        plain = without_system([Message(**message) for message in messages])  # type: ignore[arg-type]
        if len(plain) == len(messages):
            raise
        text = ask([dataclasses.asdict(message) for message in plain])
    return list(loaded.tokenizer(text, add_special_tokens=False)["input_ids"])


def pad(*, loaded: Loaded, rows: list[list[int]]) -> dict[str, torch.Tensor]:
    """Return rows of tokens as one batch, filled up on the left so that all ends stand together."""
    longest = max(len(row) for row in rows)
    fill = loaded.tokenizer.pad_token_id
    tokens = torch.tensor([[fill] * (longest - len(row)) + row for row in rows])
    mask = torch.tensor([[0] * (longest - len(row)) + [1] * len(row) for row in rows])
    device = loaded.model.device
    return {"input_ids": tokens.to(device), "attention_mask": mask.to(device)}
