"""Whatever a run has trained, as something that scores responses."""

from pathlib import Path

import torch

from apps.models.training import data, reward
from apps.models.training.scorer import Asked, Scorer


def load_scorer(folder: Path) -> Scorer:
    """Load what a run has published. Raises TrainingError."""
    from_language = folder / "recipe.json"
    if from_language.is_file():
        # Loading what reads language models takes seconds, which the small reward model need not wait for.
        from apps.models.training.language.scorers import load

        return load(folder)
    return SentenceScorer(folder)


class SentenceScorer:
    """The reward of a model on a sentence encoder."""

    def __init__(self, folder: Path) -> None:
        self._model, self._encoder, self._description = reward.load(folder)

    def fits(self, *, prompt: str, response: str) -> bool:
        """Say whether a prompt and a response can be read whole."""
        return len(self._tokens(prompt, response)["input_ids"]) <= int(self._description["max_length"])

    def scores(self, asked: Asked) -> list[float | None]:
        """Return a reward each, None for a response that is empty or does not fit."""
        readable = [
            place
            for place, (prompt, response) in enumerate(asked)
            if response.strip() and self.fits(prompt=prompt, response=response)
        ]
        found: list[float | None] = [None] * len(asked)
        features = data.embed(
            model=self._model,
            texts=[self._tokens(*asked[place]) for place in readable],
            pad_token=int(self._encoder.tokenizer.pad_token_id or 0),
            precision=self._description["precision"],
        )
        with torch.inference_mode():
            rewards = self._model.head(features).reshape(-1).tolist()
        for place, value in zip(readable, rewards, strict=True):
            found[place] = value
        return found

    def _tokens(self, prompt: str, response: str) -> data.Text:
        return data.tokenise(encoder=self._encoder, prompt=prompt, response=response)
