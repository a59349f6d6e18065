"""Write answers to a batch of chats, in pieces as they come."""

import queue
import threading
from collections.abc import Callable, Iterator
from typing import Any

import torch
from transformers import GenerationConfig, LogitsProcessor, StoppingCriteria, StoppingCriteriaList
from transformers.generation.logits_process import LogitsProcessorList
from transformers.generation.streamers import BaseStreamer

from apps.models.engine.local.loading import Loaded, chat_tokens, pad

Line = dict[str, Any]
UNFINISHED = "\ufffd"
"""What a decoder writes for the beginning of a letter whose rest is in the next token."""


def chat(*, model: Loaded, request: Line, cancelled: Callable[[], bool]) -> Iterator[Line]:
    """Yield pieces by row, and each row's end with its tokens counted."""
    rows = [chat_tokens(loaded=model, messages=messages) for messages in request["rows"]]
    room = model.longest - request["max_tokens"]
    fits = [place for place, row in enumerate(rows) if len(row) <= room]
    for place in sorted(set(range(len(rows))) - set(fits)):
        read = f"It has {len(rows[place]):,}, and {request['max_tokens']:,} are kept for the answer."
        yield {"row": place, "fault": read, "limit": model.longest}
    if fits:
        writing = _Writing(model=model, rows=[rows[place] for place in fits], request=request)
        for line in writing.lines(cancelled=cancelled):
            yield {**line, "row": fits[line["row"]]}


class _Writing(BaseStreamer):
    """One batch on its way: ``generate`` runs in a thread and hands its tokens over here."""

    def __init__(self, *, model: Loaded, rows: list[list[int]], request: Line) -> None:
        self._model, self._rows, self._request = model, rows, request
        self._came: queue.Queue[list[int] | BaseException | None] = queue.Queue()
        self._first = _First(count=request["top_logprobs"])
        self._begun = False

    def put(self, value: torch.Tensor) -> None:
        """Take the next token of every row; the first call repeats the prompts."""
        if self._begun:
            self._came.put(value.reshape(-1).tolist())
        self._begun = True

    def end(self) -> None:
        """Take the end."""
        self._came.put(None)

    def lines(self, *, cancelled: Callable[[], bool]) -> Iterator[Line]:
        """Write, and yield what comes."""
        threading.Thread(target=self._generate, args=(cancelled,), daemon=True, name="writing").start()
        ends = _ends(self._model)
        written: list[list[int]] = [[] for _ in self._rows]
        shown = ["" for _ in self._rows]
        open_rows = set(range(len(self._rows)))
        while (tokens := self._came.get()) is not None:
            if isinstance(tokens, BaseException):
                raise tokens
            for row in sorted(open_rows):
                if tokens[row] in ends:
                    open_rows.discard(row)
                    yield from self._close(row, written[row], shown[row], ended=True)
                    continue
                written[row].append(tokens[row])
                text = self._decode(written[row])
                if not text.endswith(UNFINISHED) and text != shown[row]:
                    yield {"row": row, "piece": text[len(shown[row]) :]}
                    shown[row] = text
        for row in sorted(open_rows):
            yield from self._close(row, written[row], shown[row], ended=False)

    def _close(self, row: int, written: list[int], shown: str, *, ended: bool) -> Iterator[Line]:
        rest = self._decode(written)[len(shown) :]
        if rest:
            yield {"row": row, "piece": rest}
        first = self._first.found[row] if self._first.found else {}
        alternatives = {self._decode([token]): value for token, value in reversed(first.items())}
        counted = {"read": len(self._rows[row]), "written": len(written) + int(ended)}
        yield {"row": row, "end": True, "first": alternatives, **counted}

    def _decode(self, tokens: list[int]) -> str:
        return str(self._model.tokenizer.decode(tokens, skip_special_tokens=True))

    def _generate(self, cancelled: Callable[[], bool]) -> None:
        try:
            if self._request["seed"] is not None:
                torch.manual_seed(self._request["seed"])
            with torch.inference_mode():
                self._model.model.generate(
                    **pad(loaded=self._model, rows=self._rows),
                    generation_config=_settings(self._model, self._request),
                    streamer=self,
                    logits_processor=LogitsProcessorList([self._first]),
                    stopping_criteria=StoppingCriteriaList([_Cancelled(cancelled)]),
                )
        except BaseException as error:  # noqa: BLE001  (handed to the thread that waits)
            self._came.put(error)


class _First(LogitsProcessor):
    """Notes the likeliest first tokens of every row, before any temperature, and changes nothing."""

    def __init__(self, *, count: int) -> None:
        self._count = count
        self.found: list[dict[int, float]] = []
        self._seen = count == 0

    def __call__(self, input_ids: torch.Tensor, scores: torch.Tensor) -> torch.Tensor:
        if not self._seen:
            self._seen = True
            logs = torch.log_softmax(scores.float(), dim=-1)
            best = logs.topk(min(self._count, scores.shape[-1]))
            self.found = [
                dict(zip(tokens, values, strict=True))
                for tokens, values in zip(best.indices.tolist(), best.values.tolist(), strict=True)
            ]
        return scores


class _Cancelled(StoppingCriteria):
    """Ends every row when nobody waits any longer."""

    def __init__(self, cancelled: Callable[[], bool]) -> None:
        self._cancelled = cancelled

    def __call__(self, input_ids: torch.Tensor, scores: torch.Tensor, **_: Any) -> torch.Tensor:
        return torch.full((len(input_ids),), self._cancelled(), device=input_ids.device)


def _settings(model: Loaded, request: Line) -> GenerationConfig:
    """Return what is asked for and nothing that a folder's own settings would add."""
    sampling: dict[str, Any] = {"do_sample": False}
    if request["temperature"] > 0:
        sampling = {"do_sample": True, "temperature": request["temperature"], "top_k": 0, "top_p": 1.0}
    return GenerationConfig(  # type: ignore[no-untyped-call]
        max_new_tokens=request["max_tokens"],
        eos_token_id=sorted(_ends(model)),
        pad_token_id=model.tokenizer.pad_token_id,
        **sampling,
    )


def _ends(model: Loaded) -> set[int]:
    named = getattr(model.model.generation_config, "eos_token_id", None)
    found = set(named if isinstance(named, list) else [named]) | {model.tokenizer.eos_token_id}
    return {token for token in found if token is not None}
