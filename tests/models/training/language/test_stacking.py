"""A run that starts from what another one left: its reference is that checkpoint, and not its ancestor."""

from pathlib import Path
from typing import Any

import pytest
import torch
from peft import PeftModel
from transformers import AutoModelForCausalLM

from apps.models.domain import estimates
from apps.models.training.errors import TrainingError
from apps.models.training.folder import RunFolder
from apps.models.training.language import loading
from apps.models.training.scorers import load_scorer
from tests.factories.models import kind_world
from tests.models.training.language.conftest import MakeRun, Trainers, batch_of, train

pytestmark = pytest.mark.training


@pytest.fixture(scope="module", params=["lora", "full"])
def taught(make_language_run: MakeRun, request: pytest.FixtureRequest) -> RunFolder:
    """Return a finished run of supervised fine-tuning that went far from its base."""
    rate = {"lora": 2e-2, "full": 2e-3}[request.param]
    sizes = {"learning_rate": rate, "warmup": 0.0, "epochs": 2, "lora_rank": 4}
    run = make_language_run(f"taught-{request.param}", method="sft", tuning=request.param, **sizes)
    train(run)
    return run


def as_it_was_taught(run: RunFolder, base: Path) -> Any:
    """Return the policy of a run by the library's own ways, its matrices beside the weights."""
    if not (run.model / "adapter_config.json").is_file():
        return AutoModelForCausalLM.from_pretrained(run.model)
    with loading.without_empty_notes():
        return PeftModel.from_pretrained(AutoModelForCausalLM.from_pretrained(base), str(run.model))


def summed(model: Any, batch: dict[str, Any]) -> torch.Tensor:
    """Return log pi(y|x) of a batch's rows, worked out from the model's logits alone."""
    with torch.no_grad():
        logits = model(input_ids=batch["input_ids"], attention_mask=batch["attention_mask"]).logits[:, :-1]
    said = torch.log_softmax(logits.float(), dim=-1)
    taken = said.gather(-1, batch["input_ids"][:, 1:, None]).squeeze(-1)
    return (taken * batch["completion_mask"][:, 1:]).sum(dim=1)


def reference_of(trainer: Any, batch: dict[str, Any]) -> torch.Tensor:
    """Return the reference's log-probabilities as the trainer takes them for its loss."""
    known = {name: value for name, value in batch.items() if name not in {"target", "weight", "label"}}
    with loading.without_empty_notes():
        found = trainer.compute_ref_log_probs(trainer.ref_model or trainer.model, known)
    pairs = [part for part in found if part is not None]
    return torch.cat(pairs) if len(pairs) == 2 and len(pairs[0]) < len(batch["input_ids"]) else pairs[0]


@pytest.mark.parametrize("method", ["dpo", "bco", "bco-judged", "kto"])
@pytest.mark.parametrize("tuning", ["lora", "full"])
def test_the_reference_is_the_checkpoint_that_the_run_starts_from(
    make_trainer: Trainers, taught: RunFolder, tiny_policy: Path, method: str, tuning: str
) -> None:
    trainer = make_trainer(method, base=str(taught.model), tuning=tuning, lora_rank=4, moved=tuning == "full")
    batch = batch_of(trainer)

    reference = reference_of(trainer, batch)

    direct = summed(as_it_was_taught(taught, tiny_policy), batch)
    ancestor = summed(AutoModelForCausalLM.from_pretrained(tiny_policy), batch)
    assert torch.allclose(reference, direct, atol=1e-3)
    assert (reference - ancestor).abs().max() > 2.0


def test_a_second_run_is_judged_by_how_far_it_moved_from_the_first(
    make_language_run: MakeRun, taught: RunFolder
) -> None:
    still = {"learning_rate": 1e-12, "epochs": 1, "examples": kind_world(count=12)}
    run = make_language_run(
        f"second-{taught.path.name}",
        method="dpo",
        base=str(taught.model),
        tuning="lora",
        lora_rank=4,
        **still,
    )
    train(run)
    one = kind_world(count=1)[0]

    scores = load_scorer(run.model).scores([(one.prompt, one.response_a), (one.prompt, one.response_b)])

    assert scores == pytest.approx([0.0, 0.0], abs=1e-3)


def test_a_reward_model_may_start_from_a_checkpoint(make_language_run: MakeRun, taught: RunFolder) -> None:
    run = make_language_run(
        f"reward-{taught.path.name}", method="reward_lm", base=str(taught.model), tuning="lora", lora_rank=4
    )
    train(run)

    dtype, pad = torch.float32, 0
    with loading.without_empty_notes():
        scores = loading.scoring(str(taught.model), dtype=dtype, pad_token=pad)
        writes = loading.causal(str(taught.model), dtype=dtype)
    for name, weight in writes.model.state_dict().items():
        assert torch.equal(scores.model.state_dict()[name], weight)
    assert load_scorer(run.model).scores([("What now?", "Take your time.")])[0] is not None
    with pytest.raises(TrainingError, match="reward model"):
        loading.causal(str(run.model), dtype=dtype)


def test_matrices_know_the_shape_and_the_weights_that_they_belong_to(
    taught: RunFolder, tiny_policy: Path
) -> None:
    assert estimates.shape_of(taught.model) == estimates.shape_of(tiny_policy)
    assert loading.fingerprint(str(taught.model)) != loading.fingerprint(str(tiny_policy))
