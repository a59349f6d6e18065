"""What a run does before its first step, so that nobody waits before an empty chart."""

from typing import Literal

Phase = Literal["libraries", "data", "model", "answers"]

SENTENCES: dict[Phase, str] = {
    "libraries": "Loading the libraries.",
    "data": "Reading the data set.",
    "model": "Loading the model.",
    "answers": "The base model answers the prompts that its checkpoints will answer.",
}
