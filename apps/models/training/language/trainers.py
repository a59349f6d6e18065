"""Which trainer runs which configuration."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import torch
from datasets import Dataset
from transformers import Trainer, TrainerCallback
from trl.trainer.dpo_config import DPOConfig as DPOArguments
from trl.trainer.grpo_config import GRPOConfig as GRPOArguments
from trl.trainer.grpo_trainer import GRPOTrainer
from trl.trainer.kto_config import KTOConfig as KTOArguments
from trl.trainer.reward_config import RewardConfig as RewardArguments
from trl.trainer.sft_config import SFTConfig as SFTArguments

from apps.models.domain.recipes.language import (
    BCOConfig,
    DPOConfig,
    GRPOConfig,
    KTOConfig,
    LanguageConfig,
    LanguageRewardConfig,
    SFTConfig,
)
from apps.models.training.errors import TrainingError
from apps.models.training.language import loading, matching
from apps.models.training.language.base import Prepared
from apps.models.training.language.demonstrated import PreparedSFTTrainer
from apps.models.training.language.judged import JudgedBCOTrainer, JudgedCollator, PreparedKTOTrainer
from apps.models.training.language.pairs import PairCollator, PairedBCOTrainer, SoftDPOTrainer
from apps.models.training.language.rows import Row
from apps.models.training.language.scored import ScoredCollator, SoftRewardTrainer
from apps.models.training.language.shift import RunningShift
from apps.models.training.scorer import LoadScorer, Scorer


class PreparedGRPOTrainer(Prepared, GRPOTrainer):
    """The library's GRPO."""


def make(
    *,
    config: LanguageConfig,
    tokenizer: Any,
    train: Sequence[Row],
    held_out: Sequence[Row],
    output: Path,
    callbacks: list[TrainerCallback],
    load_scorer: LoadScorer,
) -> Trainer:
    """Return the trainer of a configuration, ready to train. Raises TrainingError."""
    scores = isinstance(config, LanguageRewardConfig)
    given: dict[str, Any] = {
        "model": _model(config, tokenizer),
        "train_dataset": Dataset.from_list(list(train)),
        "processing_class": tokenizer,
        "callbacks": callbacks,
        "peft_config": loading.lora(config, scores=scores),
    }
    measured = bool(held_out) and not config.dry_run and not isinstance(config, GRPOConfig)
    if measured:
        given["eval_dataset"] = Dataset.from_list(list(held_out))
    arguments = partial(_arguments, config=config, output=output, measured=measured)
    match config:
        case SFTConfig():
            skip = {"skip_prepare_dataset": True}
            return PreparedSFTTrainer(
                args=arguments(SFTArguments, max_length=None, dataset_kwargs=skip), **given
            )
        case LanguageRewardConfig():
            return SoftRewardTrainer(
                args=arguments(RewardArguments, max_length=None),
                data_collator=ScoredCollator(pad_token=int(tokenizer.pad_token_id)),
                margin=config.margin,
                center=config.center,
                **given,
            )
        case GRPOConfig():
            return _grpo(config, given, arguments, load_scorer(Path(config.reward)))
        case DPOConfig() | BCOConfig(paired=True):
            return _paired(config, given, arguments, tokenizer)
        case KTOConfig() | BCOConfig():
            return _judged(config, given, arguments, tokenizer)
        case _:
            raise TrainingError(f"Nothing here trains {config.method}.")


def _model(config: LanguageConfig, tokenizer: Any) -> Any:
    dtype = loading.dtype_of(config)
    if isinstance(config, LanguageRewardConfig):
        return loading.scoring(config.base, dtype=dtype, pad_token=int(tokenizer.pad_token_id))
    return loading.causal(config.base, dtype=dtype)


def _reference(config: LanguageConfig) -> Any:
    """Return the frozen base; with LoRA it is the model with its matrices switched off."""
    return loading.causal(config.base, dtype=loading.dtype_of(config)) if config.tuning == "full" else None


def _paired(config: DPOConfig | BCOConfig, given: dict[str, Any], arguments: Any, tokenizer: Any) -> Trainer:
    given |= {
        "args": arguments(DPOArguments, beta=config.beta, max_length=None),
        "ref_model": _reference(config),
        "data_collator": PairCollator(pad_token_id=int(tokenizer.pad_token_id)),
    }
    if isinstance(config, DPOConfig):
        return SoftDPOTrainer(**given)
    return PairedBCOTrainer(shift=RunningShift(memory=config.shift_memory), **given)


def _judged(config: KTOConfig | BCOConfig, given: dict[str, Any], arguments: Any, tokenizer: Any) -> Trainer:
    given["ref_model"] = _reference(config)
    given["data_collator"] = JudgedCollator(pad_token_id=int(tokenizer.pad_token_id))
    if isinstance(config, KTOConfig):
        given["args"] = arguments(
            KTOArguments,
            beta=config.beta,
            max_length=None,
            desirable_weight=config.desirable_weight,
            undesirable_weight=config.undesirable_weight,
        )
        return PreparedKTOTrainer(**given)
    if config.match_prompts:
        given["train_dataset"] = Dataset.from_list(
            matching.weighted(given["train_dataset"].to_list(), seed=config.seed)
        )
    given["args"] = arguments(
        KTOArguments,
        beta=config.beta,
        max_length=None,
        loss_type="apo_zero_unpaired",
        train_sampling_strategy="random",
    )
    return JudgedBCOTrainer(shift=RunningShift(memory=config.shift_memory), **given)


def _grpo(config: GRPOConfig, given: dict[str, Any], arguments: Any, scorer: Scorer) -> Trainer:
    if config.batch_size % config.group:
        raise TrainingError(
            f"A batch of {config.batch_size} responses does not divide into groups of {config.group}."
        )

    def reward(prompts: Any, completions: Any, question: list[str], **_: Any) -> list[float | None]:
        responses = [one if isinstance(one, str) else one[0]["content"] for one in completions]
        found = scorer.scores(list(zip(question, responses, strict=True)))
        # What the reward model cannot read, because it is empty or too long, has the least of the batch.
        least = min((score for score in found if score is not None), default=0.0)
        return [least if score is None else score for score in found]

    args = arguments(
        GRPOArguments,
        beta=config.beta,
        num_generations=config.group,
        max_completion_length=config.response_length,
        temperature=config.temperature,
        shuffle_dataset=True,
    )
    return PreparedGRPOTrainer(reward_funcs=reward, args=args, **given)


def _arguments(kind: Any, *, config: LanguageConfig, output: Path, measured: bool, **more: Any) -> Any:
    return kind(
        output_dir=str(output),
        num_train_epochs=config.epochs,
        max_steps=config.dry_run or -1,
        per_device_train_batch_size=config.batch_size,
        per_device_eval_batch_size=config.batch_size,
        gradient_accumulation_steps=config.accumulate,
        learning_rate=config.learning_rate,
        weight_decay=config.weight_decay,
        warmup_steps=config.warmup,
        lr_scheduler_type="linear",
        seed=config.seed,
        data_seed=config.seed,
        logging_steps=1,
        logging_nan_inf_filter=False,
        save_strategy="no" if config.dry_run else "steps",
        save_steps=config.save_every,
        eval_strategy="steps" if measured else "no",
        eval_steps=config.eval_every,
        prediction_loss_only=True,
        remove_unused_columns=False,
        dataloader_pin_memory=False,
        use_cpu=not torch.cuda.is_available(),
        bf16=config.precision == "bfloat16",
        gradient_checkpointing=config.checkpointing,
        report_to=[],
        disable_tqdm=True,
        **more,
    )
