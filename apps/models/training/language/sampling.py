"""What the model answers to the same few prompts at each checkpoint, and what its base answered."""

import itertools
import json
from functools import partial
from typing import Any

import torch
from torch.nn.utils.rnn import pad_sequence

from apps.models.domain.recipes.language import GRPOConfig, LanguageConfig, PolicyConfig
from apps.models.training import data
from apps.models.training.folder import RunFolder
from apps.models.training.language import tokens
from apps.models.training.metrics import MetricsLog
from apps.models.training.recorder import Sample

Line = dict[str, Any]


def sampler(*, config: LanguageConfig, folder: RunFolder, tokenizer: Any, log: MetricsLog) -> Sample | None:
    """Return what has the model of a step answer; None where the method's model does not write."""
    if not isinstance(config, PolicyConfig) or not config.samples:
        return None
    prompts = _prompts(config=config, folder=folder, tokenizer=tokenizer)
    if not prompts:
        return None
    length = config.sample_length
    if isinstance(config, GRPOConfig):
        length = min(length, config.response_length)

    def sample(step: int, model: Any) -> None:
        found = answers(model=model, tokenizer=tokenizer, prompts=prompts, length=length)
        rows = [{"prompt": prompt, "response": answer} for prompt, answer in zip(prompts, found, strict=True)]
        _keep(folder=folder, line={"step": step, "rows": rows})
        log.event("sampled", step=step)

    return sample


def answers(*, model: Any, tokenizer: Any, prompts: list[str], length: int) -> list[str]:
    """Return the likeliest answers, token by token: no chance is used, so that a resume stays exact."""
    was_training, device = model.training, next(model.parameters()).device
    asked = [
        torch.tensor(tokens.said(tokenizer=tokenizer, prompt=prompt, response="").prompt)
        for prompt in prompts
    ]
    padded = partial(pad_sequence, batch_first=True, padding_side="left")
    model.eval()
    with torch.no_grad():
        written = model.generate(
            input_ids=padded(asked, padding_value=int(tokenizer.pad_token_id)).to(device),
            attention_mask=padded([torch.ones_like(row) for row in asked]).to(device),
            max_new_tokens=length,
            do_sample=False,
            pad_token_id=int(tokenizer.pad_token_id),
        )
    model.train(was_training)
    begun = max(len(row) for row in asked)
    return [str(tokenizer.decode(row[begun:], skip_special_tokens=True)) for row in written]


def _prompts(*, config: PolicyConfig, folder: RunFolder, tokenizer: Any) -> list[str]:
    """Return the first prompts of the held-out side that fit, or of the other where nothing is held out."""
    for side in ("held_out", "train"):
        examples = data.read_side(path=folder.path / f"{side}.jsonl")
        fitting = (
            prompt
            for prompt in dict.fromkeys(example.prompt for example in examples)
            if len(tokens.said(tokenizer=tokenizer, prompt=prompt, response="")) < config.max_length
        )
        if found := list(itertools.islice(fitting, config.samples)):
            return found
    return []


def _keep(*, folder: RunFolder, line: Line) -> None:
    """Write a step's answers behind those of earlier steps; a resume replaces what came later."""
    earlier = [one for one in read(folder) if one["step"] < line["step"]]
    making = folder.samples.with_suffix(".part")
    making.write_text(
        "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in [*earlier, line]), "utf-8"
    )
    making.replace(folder.samples)


def read(folder: RunFolder) -> list[Line]:
    """Return the answers so far, by step."""
    if not folder.samples.is_file():
        return []
    return [json.loads(line) for line in folder.samples.read_text("utf-8").splitlines()]
