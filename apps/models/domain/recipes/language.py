"""Configurations of the methods that train a language model."""

from typing import Literal

from pydantic import Field, ValidationInfo, field_validator

from apps.models.domain.recipes.base import TrainingConfig

RATE = "Learning rate"
RATE_MEANING = "How far a step moves the weights, at most."


class LanguageConfig(TrainingConfig):
    """What all methods on a language model have."""

    base: str = Field(min_length=1, description="Folder or hub name of the language model to start from.")
    tuning: Literal["lora", "full"] = Field(
        default="lora",
        title="What is trained",
        description="Train small matrices beside the weights, or all the weights.",
    )
    lora_rank: int = Field(
        default=16,
        ge=1,
        le=512,
        title="LoRA rank",
        description="Width of the small matrices: what they can learn.",
    )
    lora_alpha: int = Field(
        default=32,
        ge=1,
        le=1024,
        title="LoRA alpha",
        description="How much the small matrices weigh: alpha over rank.",
    )
    lora_dropout: float = Field(
        default=0.0,
        ge=0,
        lt=1,
        title="LoRA dropout",
        description="Share of the small matrices' inputs that a step leaves out.",
    )
    accumulate: int = Field(
        default=1, ge=1, le=1024, title="Accumulate", description="Batches whose gradients make one step."
    )
    checkpointing: bool = Field(
        default=False,
        title="Spare memory",
        description="Work out activations again when they are needed: less memory, more time.",
    )
    max_length: int = Field(
        default=1024,
        ge=8,
        le=131_072,
        title="Length at most",
        description="Tokens of prompt and response together; what is longer is set aside whole.",
    )


class PolicyConfig(LanguageConfig):
    """What the methods have whose model writes."""

    samples: int = Field(
        default=4,
        ge=0,
        le=32,
        title="Sampled prompts",
        description="Prompts that are answered anew at each checkpoint.",
    )
    sample_length: int = Field(
        default=64, ge=1, le=4096, title="Sampled length", description="Tokens of such an answer at most."
    )
    probe: int = Field(
        default=16,
        ge=0,
        le=512,
        title="Pairs beside the base",
        description="Held-out pairs on which each check sets the model beside its base; 0 leaves that out.",
    )


class SFTConfig(PolicyConfig):
    """Supervised fine-tuning on the preferred responses."""

    method: Literal["sft"] = "sft"
    learning_rate: float = Field(default=1e-5, gt=0, le=1, title=RATE, description=RATE_MEANING)


class LanguageRewardConfig(LanguageConfig):
    """A Bradley-Terry reward model: a language model with one number for its last token."""

    method: Literal["reward_lm"] = "reward_lm"
    learning_rate: float = Field(default=1e-5, gt=0, le=1, title=RATE, description=RATE_MEANING)
    margin: float = Field(
        default=0.0,
        ge=0,
        le=100,
        title="Margin",
        description="By how much the preferred response is to lie above the other.",
    )
    center: float = Field(
        default=0.0,
        ge=0,
        le=1,
        title="Centring",
        description="Weight of the squared sum of a pair's rewards, which holds them at 0.",
    )


class ImplicitRewardConfig(PolicyConfig):
    """What the methods have whose reward is beta times the log ratio to the base."""

    beta: float = Field(
        default=0.1, gt=0, le=100, title="Beta", description="How dear it is to leave the base model."
    )
    learning_rate: float = Field(default=5e-7, gt=0, le=1, title=RATE, description=RATE_MEANING)


class DPOConfig(ImplicitRewardConfig):
    """Direct preference optimisation."""

    method: Literal["dpo"] = "dpo"
    labels: Literal["soft", "hard"] = Field(
        default="soft",
        title="Targets",
        description="The share that preferred a response, or only which one was preferred.",
    )


class KTOConfig(ImplicitRewardConfig):
    """Kahneman-Tversky optimisation."""

    method: Literal["kto"] = "kto"
    batch_size: int = Field(
        default=4,
        ge=2,
        le=512,
        title="Batch size",
        description="Rows a step; the KL estimate needs two.",
    )
    desirable_weight: float = Field(
        default=1.0,
        gt=0,
        le=100,
        title="Weight of desired",
        description="How much a desired response counts.",
    )
    undesirable_weight: float = Field(
        default=1.0,
        gt=0,
        le=100,
        title="Weight of undesired",
        description="How much an undesired one counts.",
    )


class BCOConfig(ImplicitRewardConfig):
    """Binary classifier optimisation, with its running reward shift."""

    method: Literal["bco"] = "bco"
    paired: bool = Field(
        default=True, title="In pairs", description="Both responses of a pair in one row, or each for itself."
    )
    shift_memory: float = Field(
        default=0.9,
        ge=0,
        lt=1,
        title="Memory of the shift",
        description="Share of the running means that a step keeps.",
    )
    match_prompts: bool = Field(
        default=False,
        title="Match prompts",
        description="Weight undesired rows by how likely their prompt is among the desired (unpaired only).",
    )


class GRPOConfig(PolicyConfig):
    """Group relative policy optimisation against a reward model."""

    method: Literal["grpo"] = "grpo"
    reward: str = Field(min_length=1, description="Folder of the reward model's checkpoint.")
    beta: float = Field(
        default=0.04, ge=0, le=100, title="Beta", description="Weight of the KL divergence to the base."
    )
    learning_rate: float = Field(default=1e-6, gt=0, le=1, title=RATE, description=RATE_MEANING)
    batch_size: int = Field(default=8, ge=2, le=512, title="Batch size", description="Responses a step.")
    group: int = Field(
        default=4,
        ge=2,
        le=128,
        title="Group",
        description="Responses to each prompt; divides the batch.",
        validate_default=True,
    )
    response_length: int = Field(
        default=128,
        ge=1,
        le=32_768,
        validate_default=True,
        title="Response length",
        description="Tokens of a response at most; the prompt needs room beside it.",
    )
    temperature: float = Field(
        default=1.0, gt=0, le=5, title="Temperature", description="How freely responses are written."
    )

    @field_validator("group")
    @classmethod
    def divides(cls, group: int, found: ValidationInfo) -> int:
        """Refuse groups that a batch does not divide into."""
        if found.data.get("batch_size", group) % group:
            raise ValueError(f"A batch of {found.data['batch_size']} does not divide into groups of {group}.")
        return group

    @field_validator("response_length")
    @classmethod
    def leaves_room(cls, length: int, found: ValidationInfo) -> int:
        """Refuse responses beside which no prompt fits."""
        if (most := found.data.get("max_length", length + 1)) <= length:
            raise ValueError(f"Of {most} tokens together, {length} for the response leave none for a prompt.")
        return length
