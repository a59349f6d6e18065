"""Configurations of the methods that train a language model."""

from typing import Literal

from pydantic import Field

from apps.models.domain.recipes.base import TrainingConfig


class LanguageConfig(TrainingConfig):
    """What all methods on a language model have."""

    base: str = Field(min_length=1, description="Folder or hub name of the language model to start from.")
    tuning: Literal["lora", "full"] = Field(
        default="lora", description="Train small matrices beside the weights, or all the weights."
    )
    lora_rank: int = Field(default=16, ge=1, le=512)
    lora_alpha: int = Field(default=32, ge=1, le=1024)
    lora_dropout: float = Field(default=0.0, ge=0, lt=1)
    accumulate: int = Field(default=1, ge=1, le=1024, description="Batches whose gradients make one step.")
    checkpointing: bool = Field(
        default=False, description="Work out activations again when they are needed: less memory, more time."
    )
    max_length: int = Field(
        default=1024, ge=8, le=131_072, description="Tokens of prompt and response together."
    )


class PolicyConfig(LanguageConfig):
    """What the methods have whose model writes."""

    samples: int = Field(
        default=4, ge=0, le=32, description="Prompts that are answered anew at each checkpoint."
    )
    sample_length: int = Field(default=64, ge=1, le=4096, description="Tokens of such an answer at most.")


class SFTConfig(PolicyConfig):
    """Supervised fine-tuning on the preferred responses."""

    method: Literal["sft"] = "sft"
    learning_rate: float = Field(default=1e-5, gt=0, le=1)


class LanguageRewardConfig(LanguageConfig):
    """A Bradley-Terry reward model: a language model with one number for its last token."""

    method: Literal["reward_lm"] = "reward_lm"
    learning_rate: float = Field(default=1e-5, gt=0, le=1)
    margin: float = Field(
        default=0.0, ge=0, le=100, description="By how much the preferred response is to lie above the other."
    )
    center: float = Field(
        default=0.0,
        ge=0,
        le=1,
        description="Weight of the squared sum of a pair's rewards, which holds them at 0.",
    )


class ImplicitRewardConfig(PolicyConfig):
    """What the methods have whose reward is beta times the log ratio to the base."""

    beta: float = Field(default=0.1, gt=0, le=100, description="How dear it is to leave the base model.")
    learning_rate: float = Field(default=5e-7, gt=0, le=1)


class DPOConfig(ImplicitRewardConfig):
    """Direct preference optimisation."""

    method: Literal["dpo"] = "dpo"
    labels: Literal["soft", "hard"] = Field(
        default="soft", description="The share that preferred a response, or only which one was preferred."
    )


class KTOConfig(ImplicitRewardConfig):
    """Kahneman-Tversky optimisation."""

    method: Literal["kto"] = "kto"
    batch_size: int = Field(default=4, ge=2, le=512, description="Rows a step; the KL estimate needs two.")
    desirable_weight: float = Field(default=1.0, gt=0, le=100)
    undesirable_weight: float = Field(default=1.0, gt=0, le=100)


class BCOConfig(ImplicitRewardConfig):
    """Binary classifier optimisation, with its running reward shift."""

    method: Literal["bco"] = "bco"
    paired: bool = Field(default=True, description="Both responses of a pair in one row, or each for itself.")
    shift_memory: float = Field(
        default=0.9, ge=0, lt=1, description="Share of the running means that a step keeps."
    )
    match_prompts: bool = Field(
        default=False,
        description="Weight undesired rows by how likely their prompt is among the desired (unpaired only).",
    )


class GRPOConfig(PolicyConfig):
    """Group relative policy optimisation against a reward model."""

    method: Literal["grpo"] = "grpo"
    reward: str = Field(min_length=1, description="Folder of the reward model's checkpoint.")
    beta: float = Field(default=0.04, ge=0, le=100, description="Weight of the KL divergence to the base.")
    learning_rate: float = Field(default=1e-6, gt=0, le=1)
    batch_size: int = Field(default=8, ge=2, le=512, description="Responses a step.")
    group: int = Field(default=4, ge=2, le=128, description="Responses to each prompt; divides the batch.")
    response_length: int = Field(default=128, ge=1, le=32_768, description="Tokens of a response at most.")
    temperature: float = Field(default=1.0, gt=0, le=5)
