"""Exported lines go through the library's own data path and train, as they are."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from datasets import load_dataset
from rest_framework.test import APIClient
from transformers import AutoModelForCausalLM, AutoTokenizer
from trl import DPOConfig, DPOTrainer, GRPOConfig, GRPOTrainer, KTOConfig, KTOTrainer

from apps.models.training.language import loading
from apps.shared.models import Study
from tests.factories.models import example, frozen_data_set, kind_world

pytestmark = pytest.mark.training
Download = Callable[[str], Any]


@pytest.fixture
def download(researcher: APIClient, study: Study, tmp_path: Path) -> Download:
    """Return a function that exports the training side in a form and reads it as TRL's users do."""
    first = kind_world(count=1)[0]
    tie = example(99, p_a=0.5, prompt=first.prompt, split_key=first.split_key)
    # No prompt at all, as files of two texts have it, and letters of many kinds, a line separator among them.
    bare = example(100, prompt="", split_key="bare", context="")
    told = {"Care\u2028": 1.0, "\u0627\u0644\u0635\u062f\u0642": -0.5}
    worldly = example(
        101,
        prompt="\u4f60\u597d \U0001f9d5\U0001f3fd, Zoe\u0308\u2028?",
        response_a="\u0646\u0639\u0645 \u200f\u2029",
        source={"principles": told},
    )
    data_set = frozen_data_set(study=study, examples=[*kind_world(count=8), tie, bare, worldly], held_out=0.0)

    def fetch(form: str) -> Any:
        address = f"/api/studies/{study.slug}/data-sets/{data_set.pk}/export/?form={form}&side=train"
        answer = researcher.get(address)
        assert answer.status_code == 200
        file = tmp_path / f"{form}.jsonl"
        file.write_bytes(b"".join(answer.streaming_content))  # type: ignore[attr-defined]
        rows = load_dataset("json", data_files=str(file), split="train", cache_dir=str(tmp_path / "cache"))
        assert set(rows["split"]) == {"train"}
        return rows

    return fetch


def trained(kind: Any, arguments: Any, policy: Path, rows: Any, folder: Path, **more: Any) -> int:
    """Train one step by the library alone and return how many rows it made of the file."""
    torch.set_num_threads(1)
    tokenizer = AutoTokenizer.from_pretrained(policy)
    given = {"output_dir": str(folder), "max_steps": 1, "use_cpu": True, "bf16": False, "report_to": []}
    sizes = {"per_device_train_batch_size": 2, "gradient_checkpointing": False, "save_strategy": "no"}
    model = AutoModelForCausalLM.from_pretrained(policy)
    with loading.without_empty_notes():
        made = kind(
            model=model,
            args=arguments(**given, **sizes, disable_tqdm=True, **more.pop("set", {})),
            train_dataset=rows,
            processing_class=tokenizer,
            **more,
        )
        made.train()
    return len(made.train_dataset)


def test_pairs_train_by_dpo(download: Download, tiny_policy: Path, tmp_path: Path) -> None:
    rows = download("trl")

    assert trained(DPOTrainer, DPOConfig, tiny_policy, rows, tmp_path / "out") == len(rows) == 10


def test_single_responses_train_by_kto(download: Download, tiny_policy: Path, tmp_path: Path) -> None:
    rows = download("trl-unpaired")

    assert trained(KTOTrainer, KTOConfig, tiny_policy, rows, tmp_path / "out") == len(rows) == 20
    assert rows.features["label"].dtype == "bool"


def test_prompts_alone_train_by_grpo(download: Download, tiny_policy: Path, tmp_path: Path) -> None:
    def brief(completions: list[str], **_: Any) -> list[float]:
        return [-float(len(completion)) for completion in completions]

    rows = download("trl-prompts")

    sizes = {"num_generations": 2, "max_completion_length": 4}
    found = trained(
        GRPOTrainer, GRPOConfig, tiny_policy, rows, tmp_path / "out", set=sizes, reward_funcs=brief
    )
    assert found == len(rows) == len(set(rows["prompt"])) == 9


def test_whole_records_load_though_each_speaks_of_other_principles(download: Download) -> None:
    rows = download("own")

    spoken = [record["principles"] for record in rows["source"] if record.get("principles")]
    assert spoken == [
        [
            {"principle": "Care\u2028", "preference": 1.0},
            {"principle": "\u0627\u0644\u0635\u062f\u0642", "preference": -0.5},
        ]
    ]
    assert rows["prompt"][-2:] == ["", "\u4f60\u597d \U0001f9d5\U0001f3fd, Zoe\u0308\u2028?"]


def test_a_folder_is_read_whole_with_either_side_by_its_name(
    researcher: APIClient, study: Study, tmp_path: Path
) -> None:
    data_set = frozen_data_set(study=study, name='Kind "and" brusque: one', examples=kind_world(count=12))
    address = f"/api/studies/{study.slug}/data-sets/{data_set.pk}/folder/?form=trl"
    (tmp_path / "made.zip").write_bytes(b"".join(researcher.get(address).streaming_content))  # type: ignore[attr-defined]
    shutil.unpack_archive(tmp_path / "made.zip", tmp_path / "made")

    sides = load_dataset(str(tmp_path / "made"), cache_dir=str(tmp_path / "cache"))

    assert {name: len(rows) for name, rows in sides.items()} == {"train": 9, "held_out": 3}
    assert set(sides["held_out"]["split"]) == {"held_out"}
