"""Language models to start from: safetensors only, no code of theirs is run.

What starts from a checkpoint of small matrices starts from the checkpoint: its matrices are added to the
weights beside which they were trained, and only then are others put beside them. So the reference of a second
run is what the first one ended with.
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch
from peft import LoraConfig, PeftModel
from transformers import AutoModelForCausalLM, AutoModelForSequenceClassification, AutoTokenizer
from transformers.utils import logging
from trl.trainer.reward_trainer import suppress_seqcls_warning

from apps.models.domain.recipes.language import LanguageConfig
from apps.models.domain.weights import ancestor, fingerprint, tokenizer_folder
from apps.models.training.errors import TrainingError
from apps.models.training.language import description


@contextmanager
def without_empty_notes() -> Iterator[None]:
    """Leave out notes that say nothing here.

    The pinned library uses an option's old name, and looks for a configuration beside matrices that were
    merged, where there is none.
    """
    with warnings.catch_warnings():
        warnings.filterwarnings(
            "ignore", message=".*gradient_checkpointing` is deprecated.*", category=FutureWarning
        )
        warnings.filterwarnings("ignore", message="Could not find a config file in .*", category=UserWarning)
        yield


def tokenizer(name: str) -> Any:
    """Load a model's tokenizer. Raises TrainingError."""
    try:
        found = AutoTokenizer.from_pretrained(str(tokenizer_folder(Path(name))), trust_remote_code=False)
    except (OSError, ValueError) as error:
        raise TrainingError(f"There is no language model in {name}: {_first_line(error)}") from error
    if found.eos_token_id is None:
        raise TrainingError(f"The tokenizer in {name} has no token that ends a text, so nothing could end.")
    if found.pad_token_id is None:
        found.pad_token = found.eos_token
    return found


def causal(name: str, *, dtype: torch.dtype) -> Any:
    """Load a model that writes. Raises TrainingError."""
    told = description.read(Path(name))
    if told.get("method") == description.SCORES:
        raise TrainingError(f"The checkpoint in {name} is a reward model, which writes nothing.")
    beside = ancestor(Path(name))
    if not beside:
        return _load(AutoModelForCausalLM, name, dtype=dtype)
    if fingerprint(beside) != told.get("base_sha256", fingerprint(beside)):
        raise TrainingError(f"The base model in {beside} is not the one that {name} was trained from.")
    return _merged(causal(beside, dtype=dtype), name)


def scoring(name: str, *, dtype: torch.dtype, pad_token: int) -> Any:
    """Load a model with one number for its last token; the number's weights start from nothing."""
    with suppress_seqcls_warning():
        if ancestor(Path(name)):
            writes = causal(name, dtype=dtype)
            writes.config.num_labels = 1
            model = AutoModelForSequenceClassification.from_config(writes.config, dtype=dtype)
            setattr(model, model.base_model_prefix, writes.base_model)
            model.name_or_path = name
        else:
            model = _load(AutoModelForSequenceClassification, name, dtype=dtype, num_labels=1)
    model.config.get_text_config().pad_token_id = pad_token
    return model


def _merged(model: Any, name: str) -> Any:
    """Return a model with a checkpoint's matrices added to its weights, under the checkpoint's name.

    By the name whoever puts other matrices beside it notes what they belong to.
    """
    found: Any = PeftModel.from_pretrained(model, name).merge_and_unload()
    found.name_or_path = found.config._name_or_path = name  # noqa: SLF001  (the library's own name of it)
    return found


def dtype_of(config: LanguageConfig) -> torch.dtype:
    """Return how weights are kept: those that are trained in 32 bits, those that only read may have 16."""
    halved = config.tuning == "lora" and config.precision == "bfloat16"
    return torch.bfloat16 if halved else torch.float32


def lora(config: LanguageConfig, *, scores: bool = False) -> LoraConfig | None:
    """Return the shape of the matrices beside the weights, None where all weights are trained."""
    if config.tuning == "full":
        return None
    return LoraConfig(
        r=config.lora_rank,
        lora_alpha=config.lora_alpha,
        lora_dropout=config.lora_dropout,
        target_modules="all-linear",
        modules_to_save=["score"] if scores else None,
        task_type="SEQ_CLS" if scores else "CAUSAL_LM",
    )


def _load(kind: Any, name: str, *, dtype: torch.dtype, **more: Any) -> Any:
    logging.disable_progress_bar()
    try:
        return kind.from_pretrained(name, trust_remote_code=False, use_safetensors=True, dtype=dtype, **more)
    except (OSError, ValueError) as error:
        raise TrainingError(f"There is no language model in {name}: {_first_line(error)}") from error


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or ["no reason was given"])[0][:200]
