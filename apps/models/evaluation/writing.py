"""A language model that is asked what it would rather write, and which of two responses is better."""

import json
from collections.abc import Sequence
from pathlib import Path

import torch
from peft import PeftModel

from apps.models.training.language import loading, tokens
from apps.models.training.language.description import FILE
from apps.models.training.language.scorers import LanguageScorer
from apps.models.training.language.tokens import Said

QUESTION = (
    "Below are a prompt and two responses to it.\n\nPrompt:\n{prompt}\n\nResponse A:\n{first}\n\n"
    "Response B:\n{second}\n\nWhich response is better? Answer with the letter A or B and nothing else."
)
LETTERS = ("A", "B")


class Writer(LanguageScorer):
    """log pi(y|x) / |y|: how likely a model finds each token of a response, on average.

    The model is a policy as it was trained, or what any checkpoint on a language model was trained from.
    """

    def __init__(self, folder: Path, *, trained: bool) -> None:
        description = json.loads((folder / FILE).read_text())
        super().__init__(folder, description)
        adapted = trained and description["tuning"] == "lora"
        source = str(folder) if trained and not adapted else description["base"]
        with loading.without_empty_notes():
            model = loading.causal(source, dtype=self._dtype())
            if adapted:
                model = PeftModel.from_pretrained(model, str(folder))
        self._model = model.to(self._device).eval()

    def batch(self, texts: Sequence[Said]) -> torch.Tensor:
        """Return the mean log-probabilities of a batch."""
        length = torch.tensor([len(text.response) for text in texts], device=self._device)
        found: torch.Tensor = self.log_probabilities(self._model, texts) / length
        return found

    def leanings(self, asked: Sequence[tuple[str, str, str]]) -> list[float | None]:
        """Ask which of two responses is better: prompt, first, second.

        Return log p(A) - log p(B) of the answer's first token each, where A is the first response; None
        where the question is longer than the model reads.
        """
        first, second = (self._token(letter) for letter in LETTERS)
        longest = int(getattr(self._model.config, "max_position_embeddings", 0) or 1_000_000)
        found: list[float | None] = []
        with torch.inference_mode():
            for prompt, one, other in asked:
                text = QUESTION.format(prompt=prompt, first=one, second=other)
                opening = tokens.opening(tokenizer=self._tokenizer, prompt=text)
                given = self._tokenizer(
                    opening, add_special_tokens=not self._tokenizer.chat_template, return_tensors="pt"
                )["input_ids"].to(self._device)
                if given.shape[1] > longest:
                    found.append(None)
                    continue
                logits = self._model(input_ids=given, use_cache=False).logits[0, -1].float()
                found.append(float(logits[first] - logits[second]))
        return found

    def _token(self, letter: str) -> int:
        return int(self._tokenizer(letter, add_special_tokens=False)["input_ids"][0])
