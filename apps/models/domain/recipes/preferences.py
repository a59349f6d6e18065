"""The recipes on language models: what a person reads when choosing one, and what its charts show."""

from typing import Any

from apps.models.domain.recipes.base import Measure, Recipe, Size, SizePreset
from apps.models.domain.recipes.language import (
    BCOConfig,
    DPOConfig,
    GRPOConfig,
    KTOConfig,
    LanguageRewardConfig,
    SFTConfig,
)
from apps.models.domain.recipes.sentence import GRADIENT_NORM, LEARNING_RATE

LOSS = Measure("loss", "Loss", "What the step minimises.")
STEPS = (LEARNING_RATE, GRADIENT_NORM)
LENGTH = Measure("response_tokens", "Response length", "Tokens of the responses in the step, on average.")
PERPLEXITY = Measure("perplexity", "Perplexity", "exp of the loss per token on held-out preferred responses.")
REWARDS = (
    Measure("rewards/margins", "Margin", "Implicit reward of the preferred response less that of the other."),
    Measure(
        "rewards/accuracies",
        "Accuracy",
        "Share of the step's pairs in which the preferred one has more.",
    ),
    Measure(
        "rewards/chosen", "Reward, preferred", "Beta times the log ratio to the base, preferred responses."
    ),
    Measure(
        "rewards/rejected", "Reward, other", "Beta times the log ratio to the base, the other responses."
    ),
)
UNPAIRED = tuple(measure for measure in REWARDS if measure.name != "rewards/accuracies")
HELD_OUT_REWARDS = (
    Measure("held_out_loss", "Held-out loss", "The same loss on examples that it is not trained on."),
    Measure(
        "held_out_rewards/margins", "Held-out margin", "The margin on examples that it is not trained on."
    ),
    Measure(
        "held_out_rewards/accuracies", "Held-out accuracy", "Share of held-out pairs ordered as people did."
    ),
)
RATIO = Measure(
    "kl", "Log ratio", "Mean log ratio to the base over the step's responses, in nats a response."
)
KL = Measure(
    "kl_to_base",
    "KL to the base",
    "Divergence from the base at the tokens of a few held-out responses, in nats a token; 0 before training.",
)
MOVED = (
    Measure(
        "held_out_accuracy",
        "Held-out accuracy",
        "Share of a few held-out pairs whose preferred response training made likelier than the other.",
    ),
    Measure(
        "held_out_margin",
        "Held-out margin",
        "By how much more, on average: the difference of the two log ratios to the base, in nats.",
    ),
)


def _sizes(*, rate: float, lora_rate: float, **more: Any) -> dict[Size, SizePreset]:
    """Return the three sizes; ``rate`` is for all the weights, ``lora_rate`` for the matrices beside them."""
    lora = {"tuning": "lora", "learning_rate": lora_rate}
    return {
        "tiny": SizePreset(
            "A look",
            "LoRA on 100 examples at most, one pass: shows whether data and model work together.",
            lora
            | {"limit": 100, "batch_size": 4, "max_length": 512, "save_every": 5, "eval_every": 10}
            | more,
        ),
        "small": SizePreset(
            "LoRA",
            "Small matrices beside the weights learn, one pass over all examples. Needs little more memory "
            "than the model.",
            lora | {"batch_size": 4, "accumulate": 4, "save_every": 25, "eval_every": 25} | more,
        ),
        "full": SizePreset(
            "All weights",
            "Every weight learns, one pass over all examples. Needs several times the memory of the model.",
            {
                "tuning": "full",
                "learning_rate": rate,
                "batch_size": 8,
                "accumulate": 4,
                "checkpointing": True,
                "save_every": 50,
                "eval_every": 50,
            }
            | more,
        ),
    }


SFT = Recipe(
    method="sft",
    title="Supervised fine-tuning (SFT)",
    summary="The model learns to write the responses that people preferred. Sets values most; do it first.",
    reads="preferred",
    config=SFTConfig,
    sizes=_sizes(rate=1e-5, lora_rate=2e-4),
    measures=(
        LOSS,
        Measure("held_out_loss", "Held-out loss", "Loss per token on held-out preferred responses."),
        *MOVED,
        KL,
        PERPLEXITY,
        Measure(
            "mean_token_accuracy", "Token accuracy", "Share of tokens that the model would have written."
        ),
        LENGTH,
        Measure("entropy", "Entropy", "How undecided the model is about a token, in nats."),
        *STEPS,
    ),
    needs_base=True,
)
REWARD = Recipe(
    method="reward_lm",
    title="Reward model on a language model",
    summary="Learns which response people prefer (Bradley-Terry, soft targets); reads more than an encoder.",
    reads="pairs",
    config=LanguageRewardConfig,
    sizes=_sizes(rate=1e-5, lora_rate=1e-4),
    measures=(
        LOSS,
        Measure("accuracy", "Accuracy", "Share of the step's pairs that it orders as people did."),
        Measure("margin", "Margin", "Reward of the preferred response less that of the other."),
        Measure("held_out_loss", "Held-out loss", "The same loss on pairs that it is not trained on."),
        Measure(
            "held_out_accuracy", "Held-out accuracy", "Share of held-out pairs that it orders as people did."
        ),
        Measure(
            "held_out_margin",
            "Held-out margin",
            "The margin on pairs that it is not trained on, without ties.",
        ),
        LENGTH,
        *STEPS,
    ),
    needs_base=True,
)
DPO = Recipe(
    method="dpo",
    title="Direct preference optimisation (DPO)",
    summary="The model learns to prefer what people preferred, by the share of them; no reward model.",
    reads="pairs",
    config=DPOConfig,
    sizes=_sizes(rate=5e-7, lora_rate=5e-6),
    measures=(LOSS, *REWARDS, *HELD_OUT_REWARDS, KL, RATIO, PERPLEXITY, LENGTH, *STEPS),
    needs_base=True,
)
KTO = Recipe(
    method="kto",
    title="Kahneman-Tversky optimisation (KTO)",
    summary="Learns from responses that are each desired or not; those very wrong count little.",
    reads="judgements",
    config=KTOConfig,
    sizes=_sizes(rate=5e-7, lora_rate=5e-6),
    measures=(
        LOSS,
        *UNPAIRED,
        *HELD_OUT_REWARDS,
        KL,
        Measure("kl", "Reference point", "Mean log ratio over mismatched responses, not below 0."),
        PERPLEXITY,
        LENGTH,
        *STEPS,
    ),
    needs_base=True,
)
BCO = Recipe(
    method="bco",
    title="Binary classifier optimisation (BCO)",
    summary="Learns a classifier of desired and undesired responses, shifted by their running mean reward.",
    reads="decided_pairs",
    config=BCOConfig,
    sizes=_sizes(rate=5e-7, lora_rate=5e-6),
    measures=(
        LOSS,
        Measure("delta", "Reward shift", "Mean of the two running mean rewards, taken off every reward."),
        *REWARDS,
        *HELD_OUT_REWARDS,
        KL,
        RATIO,
        PERPLEXITY,
        LENGTH,
        *STEPS,
    ),
    needs_base=True,
)
GRPO = Recipe(
    method="grpo",
    title="Group relative policy optimisation (GRPO)",
    summary="The model writes several responses to each prompt and learns which a reward model likes best.",
    reads="prompts",
    config=GRPOConfig,
    sizes=_sizes(rate=1e-6, lora_rate=1e-5, batch_size=8),
    measures=(
        Measure("reward", "Reward", "Mean reward of the responses written in the step."),
        Measure(
            "reward_std",
            "Spread of rewards",
            "Standard deviation within a prompt's group; 0 teaches nothing.",
        ),
        *MOVED,
        KL,
        Measure("kl", "KL on its own responses", "Estimated from what it writes, in nats a token."),
        Measure("completions/mean_length", "Response length", "Tokens of the responses written, on average."),
        Measure("entropy", "Entropy", "How undecided the model is about a token, in nats."),
        LOSS,
        *STEPS,
    ),
    needs_base=True,
    needs_reward=True,
)
