"""A real causal language model, small enough to be taught a few chats by heart in seconds on one core."""

import hashlib
import json
import shutil
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer, models, pre_tokenizers, trainers
from torch.nn import functional
from transformers import Qwen2Config, Qwen2ForCausalLM, Qwen2Tokenizer

from apps.models.engine.base import Message

VERSION = 3
START, END, PAD = "<|im_start|>", "<|im_end|>", "<|endoftext|>"
TEMPLATE = (
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n{{ message['content'] }}<|im_end|>\n"
    "{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
IGNORED = -100
MOST_DOUBT = 0.02  # of a token, in nats: a probability of 0.98
MOST_SECONDS = 240.0

Chat = Sequence[Message]


class NotLearnt(Exception):
    """The model did not learn its chats in time."""


def cached_tiny_lm(*, chats: Sequence[Chat]) -> Path:
    """Return the folder of a model that knows these chats, built once for all test runs on this machine."""
    content = json.dumps([[asdict(message) for message in chat] for chat in chats])
    digest = hashlib.sha256(f"{VERSION}:{content}".encode()).hexdigest()[:16]
    folder = Path(tempfile.gettempdir()) / f"touchstone-tiny-lm-{digest}"
    if not folder.is_dir():
        making = Path(tempfile.mkdtemp(prefix="touchstone-tiny-lm-making-"))
        build_tiny_lm(folder=making, chats=chats)
        try:
            making.rename(folder)
        except OSError:  # another run was faster
            shutil.rmtree(making)
    return folder


def build_tiny_lm(*, folder: Path, chats: Sequence[Chat]) -> Path:
    """Teach a new model these chats by heart and save it. Raises NotLearnt.

    Only what the assistant says is learnt. Greedy decoding then reproduces it, token for token.
    """
    tokenizer = _tokenizer(chats)
    rows = [_row(tokenizer, chat) for chat in chats]
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        model = _learn(_untrained(tokenizer), rows)
    finally:
        torch.set_num_threads(threads)
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def build_babbler(*, folder: Path, chats: Sequence[Chat]) -> Path:
    """Save a model with random weights that knows the words of these chats and not what to do with them."""
    tokenizer = _tokenizer(chats)
    # With tied embeddings it would repeat the last token for ever, which is no babbling.
    _untrained(tokenizer, tied=False).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def _tokenizer(chats: Sequence[Chat]) -> Qwen2Tokenizer:
    """Return a byte-level tokenizer: it was made from these chats, and can read any other text.

    It splits text as Qwen2's does, because that is how it will be loaded for a model of that kind.
    """
    like = Qwen2Tokenizer().backend_tokenizer
    tokenizer = Tokenizer(models.BPE())
    tokenizer.normalizer, tokenizer.pre_tokenizer = like.normalizer, like.pre_tokenizer
    trainer = trainers.BpeTrainer(
        vocab_size=1200,
        special_tokens=[PAD, START, END],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator((message.content for chat in chats for message in chat), trainer)
    learnt = json.loads(tokenizer.to_str())["model"]
    made = Qwen2Tokenizer(
        vocab=learnt["vocab"],
        merges=[tuple(merge) for merge in learnt["merges"]],
        eos_token=END,
        pad_token=PAD,
        unk_token=None,
    )
    made.add_special_tokens({"additional_special_tokens": [START, END]})
    made.chat_template = TEMPLATE
    return made


def _row(tokenizer: Qwen2Tokenizer, chat: Chat) -> tuple[list[int], list[int]]:
    """Return a chat in tokens, and the tokens to learn: the assistant's, with the end of each message."""
    tokens: list[int] = []
    labels: list[int] = []
    for message in chat:
        opening = tokenizer.encode(f"{START}{message.role}\n", add_special_tokens=False)
        said = tokenizer.encode(f"{message.content}{END}", add_special_tokens=False)
        closing = tokenizer.encode("\n", add_special_tokens=False)
        tokens += opening + said + closing
        learnt = said if message.role == "assistant" else [IGNORED] * len(said)
        labels += [IGNORED] * len(opening) + learnt + [IGNORED] * len(closing)
    return tokens, labels


def _untrained(tokenizer: Qwen2Tokenizer, *, tied: bool = True) -> Qwen2ForCausalLM:
    torch.manual_seed(0)
    config = Qwen2Config(
        vocab_size=len(tokenizer),
        hidden_size=128,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        intermediate_size=256,
        max_position_embeddings=4096,
        tie_word_embeddings=tied,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
        bos_token_id=None,
    )
    model = Qwen2ForCausalLM(config)
    model.generation_config.eos_token_id = tokenizer.eos_token_id
    model.generation_config.pad_token_id = tokenizer.pad_token_id
    return model


def _learn(model: Any, rows: Sequence[tuple[list[int], list[int]]]) -> Any:
    """Train until no single token that is to be learnt is in doubt: one wrong token derails an answer."""
    longest = max(len(tokens) for tokens, _ in rows)
    tokens = torch.tensor([row + [0] * (longest - len(row)) for row, _ in rows])
    labels = torch.tensor([row + [IGNORED] * (longest - len(row)) for _, row in rows])[:, 1:]
    learnt = labels != IGNORED
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3, weight_decay=0.0)
    rise = torch.optim.lr_scheduler.LinearLR(optimizer, start_factor=0.05, total_iters=20)
    deadline = time.monotonic() + MOST_SECONDS
    model.train()
    while time.monotonic() < deadline:
        logits = model(input_ids=tokens).logits[:, :-1]
        doubts = functional.cross_entropy(logits[learnt], labels[learnt], reduction="none")
        if doubts.max().item() < MOST_DOUBT:
            return model.eval()
        optimizer.zero_grad()
        doubts.mean().backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        rise.step()
    raise NotLearnt(
        f"A token is still in doubt ({doubts.max().item():.2f}) after {MOST_SECONDS:.0f} seconds."
    )
