"""From words to tokens, by the model's own chat template where it has one."""

import dataclasses
from typing import Any


@dataclasses.dataclass(frozen=True)
class Said:
    """A prompt and a response to it in tokens; the response ends with the token that ends a text."""

    prompt: list[int]
    response: list[int]

    def __len__(self) -> int:
        return len(self.prompt) + len(self.response)


def opening(*, tokenizer: Any, prompt: str) -> str:
    """Return the text after which the model answers."""
    if not tokenizer.chat_template:
        return f"{prompt}\n\n"
    return str(
        tokenizer.apply_chat_template(
            [{"role": "user", "content": prompt}], tokenize=False, add_generation_prompt=True
        )
    )


def said(*, tokenizer: Any, prompt: str, response: str) -> Said:
    """Return a prompt with a response in tokens.

    Both are tokenised apart, as they are when the model answers, so that no token spans the two.
    """
    begin = opening(tokenizer=tokenizer, prompt=prompt)
    end = str(tokenizer.eos_token)
    return Said(
        prompt=_encode(tokenizer, begin, special=not tokenizer.chat_template),
        response=[*_encode(tokenizer, response, special=False), int(tokenizer.convert_tokens_to_ids(end))],
    )


def _encode(tokenizer: Any, text: str, *, special: bool) -> list[int]:
    found = [int(token) for token in tokenizer(text, add_special_tokens=special, verbose=False)["input_ids"]]
    # Some tokenizers end every text by themselves; here the prompt goes on.
    return found[:-1] if special and found[-1:] == [tokenizer.eos_token_id] else found
