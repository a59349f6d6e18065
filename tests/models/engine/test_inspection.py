"""What a look at a model's folder finds, without loading it."""

import contextlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from apps.models.engine.inspection import inspect
from tests.models.folders import model_folder, weights


def problem(folder: Path) -> str:
    """Return the only problem that is found."""
    (found,) = inspect(folder=folder).problems
    return found


def test_a_good_folder_is_described_with_its_size_memory_and_licence(tmp_path: Path) -> None:
    found = inspect(folder=model_folder(tmp_path))

    assert found.problems == ()
    assert found.facts.architecture == "LlamaForCausalLM"
    assert (found.facts.parameters, found.facts.weight_bytes) == (24, 48)
    # 2 x 2 layers x 2 key heads x (8 / 4) wide x 8,192 tokens = 131,072 numbers of keys and values.
    assert found.facts.memory_cuda == 48 + 131_072 * 2
    assert found.facts.memory_cpu == (24 + 131_072) * 4
    assert found.facts.context_tokens == 512
    assert found.facts.licence == "apache-2.0"


def test_a_real_saved_model_has_nothing_wrong_with_it(tiny_lm: Path) -> None:
    found = inspect(folder=tiny_lm)

    assert found.problems == ()
    assert found.facts.architecture == "Qwen2ForCausalLM"
    assert found.facts.weight_bytes == found.facts.parameters * 4


def test_a_folder_without_a_model_says_what_to_name(tmp_path: Path) -> None:
    assert "name one with a config.json" in problem(tmp_path)
    assert f"There is no folder {tmp_path / 'nowhere'} on the machine" in problem(tmp_path / "nowhere")


@pytest.mark.parametrize("place", ["checkpoint-20", "snapshots/0ab1", "models--owner--name/snapshots/0ab1"])
def test_a_model_that_lies_deeper_is_named_with_its_folder(tmp_path: Path, place: str) -> None:
    folder = model_folder(tmp_path / place)

    assert problem(tmp_path) == f"The model lies deeper in that folder: name {folder}."


@pytest.mark.parametrize(
    ("remove", "said"),
    [
        ("model.safetensors", "no weights"),
        ("tokenizer.json", "no tokenizer"),
        ("tokenizer_config.json", "no chat template"),
    ],
)
def test_what_is_missing_is_named(tmp_path: Path, remove: str, said: str) -> None:
    (model_folder(tmp_path) / remove).unlink()

    assert said in problem(tmp_path)


def test_pickled_weights_are_refused_and_said_to_run_code(tmp_path: Path) -> None:
    folder = model_folder(tmp_path)
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")

    assert "can run code" in problem(folder)


def test_a_model_that_brings_code_is_refused(tmp_path: Path) -> None:
    code = {"auto_map": {"AutoModelForCausalLM": "modeling.Mine"}}
    unknown = model_folder(tmp_path / "unknown", config={"architectures": ["MineForCausalLM"], **code})

    assert "choose a version that transformers knows by itself" in problem(unknown)
    assert "take auto_map out of config.json" in problem(model_folder(tmp_path / "known", config=code))


def test_a_tokenizer_that_brings_code_is_refused(tmp_path: Path) -> None:
    folder = model_folder(tmp_path)
    told = {"chat_template": "x", "auto_map": {"AutoTokenizer": ["tokenization.Mine", None]}}
    (folder / "tokenizer_config.json").write_text(json.dumps(told))

    assert "never run here" in problem(folder)


def test_an_encoder_is_no_language_model_and_nothing_else_is_asked_of_it(tmp_path: Path) -> None:
    folder = model_folder(tmp_path, config={"architectures": ["BertModel"]})
    (folder / "tokenizer.json").unlink()

    assert "(BertModel) and cannot write" in problem(folder)


@pytest.mark.parametrize(("how", "package"), [("gptq", "gptqmodel"), ("awq", "gptqmodel"), ("hqq", "hqq")])
def test_packed_weights_say_which_package_would_unpack_them(tmp_path: Path, how: str, package: str) -> None:
    folder = model_folder(tmp_path, config={"quantization_config": {"quant_method": how, "bits": 4}})

    assert f"packed by {how}, and the package {package}" in problem(folder)


def test_a_tokenizer_of_sentence_pieces_alone_says_how_to_save_it(tmp_path: Path) -> None:
    folder = model_folder(tmp_path)
    (folder / "tokenizer.json").rename(folder / "tokenizer.model")

    assert "save it as tokenizer.json too" in problem(folder)


@pytest.mark.parametrize("name", ["weights.safetensors", "model-00001-of-00002.safetensors"])
def test_weights_that_nothing_names_are_not_taken_for_a_model(tmp_path: Path, name: str) -> None:
    folder = model_folder(tmp_path)
    (folder / "model.safetensors").rename(folder / name)

    assert f"Its weights lie in {name}, which is looked for only where" in problem(folder)


def test_weights_that_are_there_in_two_forms_are_counted_once(tmp_path: Path) -> None:
    folder = model_folder(tmp_path)
    weights(folder / "consolidated.safetensors")

    assert inspect(folder=folder).facts.parameters == 24


def test_what_was_trained_from_a_model_has_its_licence(tmp_path: Path) -> None:
    base = model_folder(tmp_path / "base")
    folder = model_folder(tmp_path / "trained")
    (folder / "README.md").unlink()
    (folder / "recipe.json").write_text(json.dumps({"base": str(base)}))

    assert inspect(folder=folder).facts.licence == "apache-2.0"


def test_a_model_that_scores_is_said_to_judge_and_not_to_write(tmp_path: Path) -> None:
    config = {"architectures": ["LlamaForSequenceClassification"]}

    assert "It can judge in an audit" in problem(model_folder(tmp_path, config=config))


def test_a_model_that_rewrites_is_no_model_for_chats(tmp_path: Path) -> None:
    config = {"architectures": ["T5ForConditionalGeneration"], "is_encoder_decoder": True}

    assert "holds no conversation" in problem(model_folder(tmp_path, config=config))


def test_an_architecture_that_the_library_does_not_know_is_named(tmp_path: Path) -> None:
    folder = model_folder(tmp_path, config={"architectures": ["NobodyForCausalLM"]})

    assert "does not know NobodyForCausalLM" in problem(folder)


def test_gguf_alone_is_refused_with_both_ways_out(tmp_path: Path) -> None:
    (tmp_path / "model-Q4_K_M.gguf").write_bytes(b"GGUF")
    beside = model_folder(tmp_path / "with-configuration")
    (beside / "model.safetensors").rename(beside / "model-Q4_K_M.gguf")

    assert problem(beside) == problem(tmp_path)
    assert "safetensors" in problem(tmp_path)
    assert "llama.cpp" in problem(tmp_path / "model-Q4_K_M.gguf")


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"x")

    assert "That is a file" in problem(tmp_path / "model.safetensors")


@contextlib.contextmanager
def as_somebody_else() -> Iterator[None]:
    """Look without the rights of the superuser, who may read everything."""
    superuser = os.geteuid() == 0
    if superuser:
        os.seteuid(65534)
    try:
        yield
    finally:
        if superuser:
            os.seteuid(0)


@pytest.mark.parametrize("closed", ["", "config.json", "model.safetensors", "tokenizer_config.json"])
def test_what_may_not_be_read_is_named_with_its_path(closed: str) -> None:
    # Not in pytest's own folder, which others may not enter at all.
    with tempfile.TemporaryDirectory() as name:
        folder = model_folder(Path(name) / "model")
        for open_to_all in (Path(name), folder, *folder.iterdir()):
            open_to_all.chmod(0o755)
        target = folder / closed if closed else folder
        target.chmod(0)

        with as_somebody_else():
            said = problem(folder)
        target.chmod(0o755)
    assert said == f"{target} may not be read by the account that Touchstone runs under: let it read."


def adapter_folder(folder: Path, *, base: Path | str, **told: object) -> Path:
    """Write an adapter (LoRA) on a base."""
    folder.mkdir()
    (folder / "adapter_config.json").write_text(
        json.dumps({"base_model_name_or_path": str(base), "task_type": "CAUSAL_LM", "r": 4, **told})
    )
    weights(folder / "adapter_model.safetensors", shape=(2, 3))
    return folder


def test_an_adapter_is_described_with_what_it_lies_on(tmp_path: Path) -> None:
    base = model_folder(tmp_path / "base")

    found = inspect(folder=adapter_folder(tmp_path / "adapter", base=base))

    assert found.problems == ()
    assert (found.facts.base, found.facts.architecture) == (str(base), "LlamaForCausalLM")
    assert (found.facts.parameters, found.facts.weight_bytes) == (24 + 6, 48 + 12)
    assert found.facts.licence == "apache-2.0"


def test_an_adapter_says_what_is_wrong_with_it_or_with_what_it_lies_on(tmp_path: Path) -> None:
    gone = adapter_folder(tmp_path / "gone", base=tmp_path / "nowhere")
    base = model_folder(tmp_path / "base")
    (base / "tokenizer.json").unlink()
    on_broken = adapter_folder(tmp_path / "broken", base=base)
    scores = adapter_folder(tmp_path / "scores", base=model_folder(tmp_path / "whole"), task_type="SEQ_CLS")

    other = adapter_folder(tmp_path / "other", base=model_folder(tmp_path / "under"), peft_type="IA3")

    assert "write its folder into adapter_config.json as base_model_name_or_path" in problem(gone)
    assert "an adapter of another kind (IA3)" in problem(other)
    assert problem(on_broken).startswith(f"Of what it is an adapter on, {base}: It has no tokenizer")
    assert "reward model" in problem(scores)


def test_weights_that_were_cut_off_are_damaged(tmp_path: Path) -> None:
    folder = model_folder(tmp_path)
    whole = (folder / "model.safetensors").read_bytes()
    (folder / "model.safetensors").write_bytes(whole[:-10])

    assert f"should have {len(whole)} bytes and has {len(whole) - 10}" in problem(folder)


@pytest.mark.parametrize(
    "content", [b"", b"\x05\x00", b"\xff" * 64, (9).to_bytes(8, "little") + b"not json!"]
)
def test_weights_that_are_something_else_are_damaged(tmp_path: Path, content: bytes) -> None:
    folder = model_folder(tmp_path)
    (folder / "model.safetensors").write_bytes(content)

    assert "is damaged" in problem(folder)


def test_each_part_of_split_weights_must_be_there(tmp_path: Path) -> None:
    folder = model_folder(tmp_path)
    (folder / "model.safetensors").unlink()
    names = [f"model-0000{part}-of-00002.safetensors" for part in (1, 2)]
    index = {"weight_map": {"a": names[0], "b": names[1]}}
    (folder / "model.safetensors.index.json").write_text(json.dumps(index))
    weights(folder / names[0])

    assert f"1 of its 2 files of weights are missing, {names[1]} first" in problem(folder)

    weights(folder / names[1])
    assert inspect(folder=folder).facts.parameters == 48


def test_a_broken_configuration_is_said_to_be_so(tmp_path: Path) -> None:
    folder = model_folder(tmp_path)
    (folder / "config.json").write_text("{")

    assert "config.json cannot be read as JSON: copy it again." in inspect(folder=folder).problems


def test_two_copies_are_the_same_model_and_other_weights_are_another(tmp_path: Path) -> None:
    folder = model_folder(tmp_path / "one")
    shutil.copytree(folder, tmp_path / "copy")
    other = model_folder(tmp_path / "other")
    weights(other / "model.safetensors", shape=(2, 3))

    first, copy, second = (
        inspect(folder=place).facts.fingerprint for place in (folder, tmp_path / "copy", other)
    )

    assert first == copy
    assert first != second
