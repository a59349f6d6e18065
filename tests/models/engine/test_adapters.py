"""An adapter (LoRA) in the local engine: loaded with what it lies on, or merged into a folder for servers."""

import json
import shutil
from pathlib import Path

import pytest
import torch
from peft import PeftModel
from safetensors.torch import load_file, save_file

from apps.models.domain.weights import fingerprint
from apps.models.engine.inspection import inspect
from apps.models.engine.local.likelihood import score
from apps.models.engine.local.loading import BaseChanged, WeightsMissing, chat_tokens, load
from apps.models.engine.local.merge import main, merge
from tests.models.adapters import build_adapter

# The adapters' library asks the model library by an older name.
pytestmark = pytest.mark.filterwarnings("ignore:.*gradient_checkpointing` is deprecated:FutureWarning")
ASKED = [{"role": "user", "content": "Hello"}]


@pytest.fixture(scope="module")
def adapter(tiny_lm: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an adapter on the tiny model that changes what it finds likely."""
    return build_adapter(folder=tmp_path_factory.mktemp("adapter"), base=tiny_lm)


def likelihood(folder: Path) -> float:
    """Return log p of an answer as the local engine finds it."""
    (line,) = score(model=load(folder=folder, threads=1), rows=[(ASKED, "Go on.")], cancelled=lambda: False)
    return float(line["logprob"])


def by_hand(tiny_lm: Path, adapter: Path) -> float:
    """Return the same, by the adapter's own library and without merging."""
    loaded = load(folder=tiny_lm, threads=1)
    model = PeftModel.from_pretrained(loaded.model, str(adapter)).eval()
    asked = chat_tokens(loaded=loaded, messages=ASKED)
    said = [*loaded.tokenizer("Go on.")["input_ids"], loaded.tokenizer.eos_token_id]
    with torch.inference_mode():
        logits = torch.log_softmax(model(torch.tensor([[*asked, *said]])).logits[0].double(), dim=-1)
    return sum(float(logits[len(asked) + place - 1, token]) for place, token in enumerate(said))


def test_an_adapter_is_loaded_with_what_it_lies_on(tiny_lm: Path, adapter: Path) -> None:
    found = likelihood(adapter)

    assert found == pytest.approx(by_hand(tiny_lm, adapter), rel=1e-4)
    assert found != pytest.approx(likelihood(tiny_lm), rel=1e-2)


def test_a_merged_adapter_is_a_whole_model_that_says_the_same(adapter: Path, tmp_path: Path) -> None:
    merge(adapter=adapter, into=tmp_path / "merged")

    assert inspect(folder=tmp_path / "merged").problems == ()
    assert likelihood(tmp_path / "merged") == pytest.approx(likelihood(adapter), rel=1e-4)
    with pytest.raises(BaseChanged, match="not empty"):
        merge(adapter=adapter, into=tmp_path / "merged")


def test_a_base_that_has_changed_or_is_gone_is_refused(adapter: Path, tmp_path: Path) -> None:
    for name, changes in (
        ("not the one", {"base_sha256": "0" * 64}),
        ("not there", {"base": str(tmp_path / "nowhere")}),
    ):
        folder = tmp_path / name.replace(" ", "-")
        folder.mkdir()
        (folder / "adapter_config.json").write_bytes((adapter / "adapter_config.json").read_bytes())
        recipe = json.loads((adapter / "recipe.json").read_text()) | changes
        (folder / "recipe.json").write_text(json.dumps(recipe))

        with pytest.raises(BaseChanged, match=name):
            load(folder=folder, threads=1)


def test_an_adapter_on_an_adapter_is_loaded_with_all_that_lies_under_it(
    adapter: Path, tmp_path: Path
) -> None:
    upper = shutil.copytree(adapter, tmp_path / "upper")
    told = {"base": str(adapter), "base_sha256": fingerprint(adapter)}
    (upper / "recipe.json").write_text(json.dumps(told))

    merge(adapter=upper, into=tmp_path / "merged")

    assert inspect(folder=upper).problems == ()
    assert likelihood(tmp_path / "merged") == pytest.approx(likelihood(upper), rel=1e-4)
    assert likelihood(upper) != pytest.approx(likelihood(adapter), rel=1e-2)


def test_an_adapter_that_was_saved_without_a_tokenizer_reads_as_its_base_does(
    adapter: Path, tmp_path: Path
) -> None:
    bare = shutil.copytree(adapter, tmp_path / "bare", ignore=shutil.ignore_patterns("token*", "*.jinja"))

    assert likelihood(bare) == pytest.approx(likelihood(adapter), rel=1e-6)


def test_matrices_that_do_not_belong_to_the_model_are_refused_and_not_left_out(
    adapter: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(adapter, tmp_path / "adapter")
    held = load_file(folder / "adapter_model.safetensors")
    held = {name.replace("layers.0", "layers.7"): value for name, value in held.items()}
    save_file(held, folder / "adapter_model.safetensors")

    with pytest.raises(BaseChanged, match="does not fit the model"):
        load(folder=folder, threads=1)


def test_a_model_of_which_a_part_is_not_there_is_refused_and_not_made_up(
    tiny_lm: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(tiny_lm, tmp_path / "part")
    held = load_file(folder / "model.safetensors")
    kept = {name: value for name, value in held.items() if "layers.1." not in name}
    save_file(kept, folder / "model.safetensors", metadata={"format": "pt"})

    with pytest.raises(WeightsMissing, match=r"of the weights are not in .*model\.layers\.1"):
        load(folder=folder, threads=1)


def test_the_command_merges_with_the_licence_of_the_base_and_says_in_a_line_what_came_of_it(
    tiny_lm: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    base = shutil.copytree(tiny_lm, tmp_path / "base")
    (base / "README.md").write_text("---\nlicense: mit\n---\n")
    (base / "LICENSE").write_text("Whoever uses it names us.")
    adapter, into = build_adapter(folder=tmp_path / "adapter", base=base), tmp_path / "merged"
    monkeypatch.setattr("sys.argv", ["merge", str(adapter), str(into)])

    main()
    assert capsys.readouterr().out == f"Merged. Serve it: LLM_PATH={into} make run\n"
    assert inspect(folder=into).facts.licence == "mit"
    assert (into / "LICENSE").read_text() == "Whoever uses it names us."

    with pytest.raises(SystemExit):
        main()
    assert capsys.readouterr().err == f"{into} is not empty: name a new folder.\n"


def test_instructions_begin_the_first_message_where_a_template_has_no_place_for_them(tiny_lm: Path) -> None:
    loaded = load(folder=tiny_lm, threads=1)
    told = [{"role": "system", "content": "Listen."}, *ASKED]
    folded = chat_tokens(loaded=loaded, messages=[{"role": "user", "content": "Listen.\n\nHello"}])
    refuses = (
        "{% if messages[0].role == 'system' %}{{ raise_exception('System role not supported') }}{% endif %}"
    )
    loaded.tokenizer.chat_template = refuses + loaded.tokenizer.chat_template

    assert chat_tokens(loaded=loaded, messages=told) == folded


def test_a_whole_model_is_not_merged(tiny_lm: Path, tmp_path: Path) -> None:
    with pytest.raises(BaseChanged, match="nothing to merge"):
        merge(adapter=tiny_lm, into=tmp_path / "merged")
