"""The same prompts are answered at each checkpoint, beside what the base answered, and nothing else moves."""

import json

import pytest

from apps.models.domain.examples import read_examples
from apps.models.training.folder import RunFolder
from tests.factories.models import kind_world
from tests.models.training.language.conftest import MakeRun, train
from tests.models.training.lines import events_of, points_of
from tests.models.training.stops import StopAfter

pytestmark = pytest.mark.training
CHANGES = {"method": "dpo", "save_every": 2, "batch_size": 4, "sample_length": 6, "learning_rate": 2e-2}


def answers(folder: RunFolder) -> dict[int, dict[str, str]]:
    """Return the answers by step and prompt."""
    lines = [json.loads(line) for line in folder.samples.read_text().splitlines()]
    return {line["step"]: {row["prompt"]: row["response"] for row in line["rows"]} for line in lines}


def test_each_checkpoint_answers_what_the_base_answered(make_language_run: MakeRun) -> None:
    examples = kind_world(count=24)
    sampled, silent, halted = (
        make_language_run(f"sampling-{name}", examples=examples, samples=count, **CHANGES)
        for name, count in (("sampled", 3), ("silent", 0), ("halted", 3))
    )
    train(sampled)
    train(silent)
    train(halted, StopAfter(3))
    train(halted)

    found = answers(sampled)
    held_out = list(dict.fromkeys(e.prompt for e in read_examples(sampled.path / "held_out.jsonl")))
    last = max(found)
    assert list(found) == [0, 2, 4, last]
    assert all(list(rows) == held_out[:3] for rows in found.values())
    assert found[0] != found[last]
    assert [event["step"] for event in events_of(sampled, "sampled")] == list(found)
    # Answering moves nothing: neither the run nor one that was stopped and went on.
    assert points_of(sampled) == points_of(silent)
    assert not silent.samples.exists()
    assert {step: answers(halted)[step] for step in found} == found
