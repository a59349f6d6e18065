"""The rows of each method in tokens; what is too long is set aside whole, not cut."""

import dataclasses
from collections.abc import Iterable, Sequence
from typing import Any

from apps.models.domain import rows as made
from apps.models.domain import splits
from apps.models.domain.examples import PreferenceExample
from apps.models.domain.recipes.language import (
    BCOConfig,
    DPOConfig,
    GRPOConfig,
    KTOConfig,
    LanguageConfig,
    SFTConfig,
)
from apps.models.training.language import tokens

IGNORED = -100
Row = dict[str, Any]


@dataclasses.dataclass(frozen=True)
class Side:
    """The rows of one side of a data set that fit, and the ids of those that do not."""

    rows: list[Row]
    too_long: list[str]


def build(*, config: LanguageConfig, tokenizer: Any, examples: Sequence[PreferenceExample]) -> Side:
    """Return the rows that the configuration's method trains on."""
    match config:
        case SFTConfig():
            found = [_demonstration(tokenizer, pair) for pair in made.pairs(examples, hard=True)]
        case KTOConfig():
            found = _judged(tokenizer, examples, seed=config.seed)
        case BCOConfig(paired=False):
            found = _judged(tokenizer, examples, seed=config.seed)
        case GRPOConfig():
            found = [_prompt(tokenizer, prompt) for prompt in made.prompts(examples)]
            return _fitting(found, most=config.max_length - config.response_length)
        case DPOConfig():
            found = [_pair(tokenizer, pair) for pair in made.pairs(examples, hard=config.labels == "hard")]
        case _:
            ties = not isinstance(config, BCOConfig)
            found = [_pair(tokenizer, pair) for pair in made.pairs(examples, ties=ties)]
    side = _fitting(found, most=config.max_length)
    return (
        dataclasses.replace(side, rows=mismatched(side.rows, batch=config.batch_size))
        if isinstance(config, KTOConfig)
        else side
    )


def mismatched(rows: Sequence[Row], *, batch: int) -> list[Row]:
    """Return rows of which each has, for KTO's reference point, the response of its neighbour in the batch.

    (x_1, y_n), (x_2, y_1), ..., (x_n, y_{n-1}) in every batch of n rows.
    """
    found: list[Row] = []
    for start in range(0, len(rows), batch):
        part = rows[start : start + batch]
        responses = [row["completion_ids"] for row in part]
        turned = [responses[-1], *responses[:-1]]
        found += [row | {"KL_completion_ids": other} for row, other in zip(part, turned, strict=True)]
    return found


def _fitting(found: Iterable[tuple[str, int, Row]], *, most: int) -> Side:
    rows: list[Row] = []
    too_long: list[str] = []
    for name, length, row in found:
        if length > most:
            too_long.append(name)
        else:
            rows.append(row)
    return Side(rows=rows, too_long=too_long)


def _pair(tokenizer: Any, pair: made.PairRow) -> tuple[str, int, Row]:
    chosen, rejected = (
        tokens.said(tokenizer=tokenizer, prompt=pair.prompt, response=response)
        for response in (pair.chosen, pair.rejected)
    )
    row = {
        "prompt_ids": chosen.prompt,
        "chosen_ids": chosen.response,
        "rejected_ids": rejected.response,
        "target": pair.p,
    }
    return pair.id, max(len(chosen), len(rejected)), row


def _demonstration(tokenizer: Any, pair: made.PairRow) -> tuple[str, int, Row]:
    said = tokens.said(tokenizer=tokenizer, prompt=pair.prompt, response=pair.chosen)
    row = {
        "input_ids": said.prompt + said.response,
        "labels": [IGNORED] * len(said.prompt) + said.response,
    }
    return pair.id, len(said), row


def _judged(
    tokenizer: Any, examples: Sequence[PreferenceExample], *, seed: int
) -> list[tuple[str, int, Row]]:
    """Return judged responses, in a seeded order: KTO takes its batches as they come."""
    numbers = {pair.id: number for number, pair in enumerate(made.pairs(examples, hard=True))}
    judged = sorted(made.judgements(examples), key=lambda row: splits.shuffled_place(seed=seed, key=row.id))
    found = []
    for one in judged:
        said = tokens.said(tokenizer=tokenizer, prompt=one.prompt, response=one.response)
        row = {
            "prompt": one.prompt,
            "prompt_ids": said.prompt,
            "completion_ids": said.response,
            "label": one.desired,
            "weight": 1.0,
            "pair": numbers[one.pair],
        }
        found.append((one.id, len(said), row))
    return found


def _prompt(tokenizer: Any, prompt: str) -> tuple[str, int, Row]:
    length = len(tokens.said(tokenizer=tokenizer, prompt=prompt, response="").prompt)
    asked: Any = [{"role": "user", "content": prompt}] if tokenizer.chat_template else f"{prompt}\n\n"
    return prompt[:80], length, {"prompt": asked, "question": prompt}
