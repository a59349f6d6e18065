"""How likely texts are to a model, and where they lie as points.

For a chat x and a completion y = y_1 .. y_T, the last of which ends the turn:

    log p(y | x) = sum_t log p(y_t | x, y_<t)            in nats, summed over tokens, not averaged
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import torch

from apps.models.engine.local.loading import Loaded, chat_tokens, pad

Line = dict[str, Any]
EMPTY = "a response is empty"
TOO_LONG = "too long for the model"


def score(*, model: Loaded, rows: Sequence[Any], cancelled: Callable[[], bool]) -> Iterator[Line]:
    """Yield log p(completion | chat) for each row, or why there is none."""
    read: dict[int, tuple[list[int], int]] = {}
    for place, (messages, completion) in enumerate(rows):
        if not completion.strip():
            yield {"row": place, "skipped": EMPTY}
            continue
        said = model.tokenizer(completion, add_special_tokens=False)["input_ids"]
        said = [*said, model.tokenizer.eos_token_id]
        whole = [*chat_tokens(loaded=model, messages=messages), *said]
        if len(whole) > model.longest:
            yield {"row": place, "skipped": TOO_LONG}
            continue
        read[place] = (whole, len(said))
    for batch in _batches({place: len(tokens) for place, (tokens, _) in read.items()}, model.batch_tokens):
        if cancelled():
            return
        for place, logprob in zip(batch, _sums(model, [read[place] for place in batch]), strict=True):
            yield {"row": place, "logprob": logprob, "tokens": read[place][1]}


def _batches(lengths: dict[int, int], room: int) -> Iterator[list[int]]:
    """Yield rows of like length together, as many as fit once they are filled up to the longest."""
    batch: list[int] = []
    for place in sorted(lengths, key=lambda place: (lengths[place], place)):
        if batch and lengths[place] * (len(batch) + 1) > room:
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch


def _sums(model: Loaded, rows: list[tuple[list[int], int]]) -> list[float]:
    """Return each row's sum; only the logits of completions are kept, which stand together at the end."""
    batch = pad(loaded=model, rows=[tokens for tokens, _ in rows])
    longest = max(said for _, said in rows)
    positions = (batch["attention_mask"].cumsum(dim=-1) - 1).clamp(min=0)
    with torch.inference_mode():
        logits = model.model(**batch, position_ids=positions, logits_to_keep=longest + 1).logits
        found = torch.log_softmax(logits[:, :-1].float(), dim=-1)
        targets = batch["input_ids"][:, -longest:].unsqueeze(-1)
        each = found.gather(-1, targets).squeeze(-1)
    return [float(each[place, longest - said :].double().sum()) for place, (_, said) in enumerate(rows)]


def embed(*, model: Loaded, texts: Sequence[str], cancelled: Callable[[], bool]) -> Iterator[Line]:
    """Yield each text's vector: the mean of its tokens' last states, at length 1; what is too long is cut."""
    longest = min(model.longest, model.batch_tokens)
    tokens = [
        model.tokenizer(text)["input_ids"][:longest] or [model.tokenizer.pad_token_id] for text in texts
    ]
    for batch in _batches({place: len(row) for place, row in enumerate(tokens)}, model.batch_tokens):
        if cancelled():
            return
        padded = pad(loaded=model, rows=[tokens[place] for place in batch])
        positions = (padded["attention_mask"].cumsum(dim=-1) - 1).clamp(min=0)
        with torch.inference_mode():
            states = model.model(**padded, position_ids=positions, output_hidden_states=True)
            hidden = states.hidden_states[-1].float()
            mask = padded["attention_mask"].unsqueeze(-1).to(hidden.dtype)
            mean = (hidden * mask).sum(dim=1) / mask.sum(dim=1)
            vectors = torch.nn.functional.normalize(mean, dim=-1).tolist()
        for place, vector in zip(batch, vectors, strict=True):
            yield {"row": place, "vector": vector}
