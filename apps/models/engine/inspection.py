"""Look at a model's folder without loading it: may it be used here, and what would that take?"""

import dataclasses
import hashlib
import importlib.util
import json
import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from apps.models.domain.weights import (
    ADAPTER,
    RECIPE,
    TOKENIZERS,
    Damaged,
    ancestor,
    has_tokenizer,
    read_header,
    read_json,
)

WRITES = ("ForCausalLM", "ForConditionalGeneration")
SCORES = "ForSequenceClassification"
WEIGHTS, ADAPTER_WEIGHTS = "model.safetensors", "adapter_model.safetensors"
PICKLES = ("*.bin", "*.pt", "*.pth", "*.ckpt", "*.pkl")
CACHED_TOKENS = 8192
"""The memory estimate holds the keys and values of so many tokens."""
SENTENCE_PIECES = "tokenizer.model"
LARGEST_TEXT = 50_000_000
_LICENCE = re.compile(r"^license:\s*[\"']?([^\"'\n]+)", re.MULTILINE)
_BYTES = {"F64": 8, "I64": 8, "F32": 4, "I32": 4, "F16": 2, "BF16": 2, "I16": 2}


@dataclasses.dataclass(frozen=True, kw_only=True)
class Facts:
    """What a folder says of its model. Bytes are estimates but for ``weight_bytes``.

    ``base`` is the folder of the model that an adapter (LoRA) was trained beside, '' for a whole model.
    """

    architecture: str = ""
    parameters: int = 0
    weight_bytes: int = 0
    memory_cuda: int = 0
    memory_cpu: int = 0
    context_tokens: int = 0
    licence: str = ""
    base: str = ""
    fingerprint: str = ""


@dataclasses.dataclass(frozen=True)
class Inspection:
    """What was found: facts, and a sentence for each thing that is wrong."""

    facts: Facts
    problems: tuple[str, ...]


GGUF = (
    "It is there as GGUF alone, which is not loaded here: bring the original with its safetensors, or serve "
    "the GGUF by a server of your own (llama.cpp) and register that."
)
NOWHERE = (
    "There is no folder {folder} on the machine that Touchstone runs on: look at the path, or copy the model "
    "there."
)
EMPTY = (
    "There is no saved model in that folder: name one with a config.json, or with an adapter_config.json for "
    "an adapter (LoRA)."
)
PACKED_BY = {
    "awq": "gptqmodel", "gptq": "gptqmodel", "bitsandbytes": "bitsandbytes", "torchao": "torchao",
    "compressed-tensors": "compressed_tensors", "hqq": "hqq", "aqlm": "aqlm", "quanto": "optimum",
}  # fmt: skip
"""Which package reads weights that were packed into fewer bits, by how they were packed."""
UNREADABLE = "{path} may not be read by the account that Touchstone runs under: let it read."
SCORES_ONLY = (
    "It is a reward model: it scores responses and does not write. "
    "It can judge in an audit, and do no other work."
)


def inspect(*, folder: Path) -> Inspection:
    """Look at a folder; where something is wrong, each problem says what to do about it."""
    try:
        found = _found(folder)
        if found == ADAPTER:
            return _adapter(folder)
        return Inspection(Facts(), (found,)) if found else _model(folder)
    except PermissionError as error:
        return Inspection(Facts(), (UNREADABLE.format(path=error.filename or folder),))


def _found(folder: Path) -> str:
    """Return '' for a whole model, ``ADAPTER`` for one, else why there is no model there."""
    if not folder.exists():
        return NOWHERE.format(folder=folder)
    names = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    if "config.json" in names:
        return ""
    if ADAPTER in names:
        return ADAPTER
    if folder.suffix == ".gguf" or any(name.endswith(".gguf") for name in names):
        return GGUF
    if folder.is_file():
        return "That is a file: name the folder in which the model was saved."
    return _deeper(folder) or EMPTY


def _deeper(folder: Path) -> str:
    """Say where in a folder a model lies, as in a hub's cache or beside checkpoints; '' for nowhere."""
    places = ("*", "snapshots/*", "*/snapshots/*")
    found = [
        path
        for place in places
        for name in ("config.json", ADAPTER)
        for path in folder.glob(f"{place}/{name}")
    ]
    return f"The model lies deeper in that folder: name {min(found).parent}." if found else ""


def _model(folder: Path) -> Inspection:
    problems: list[str] = []
    config = _read_json(folder / "config.json", problems)
    headers = _headers(folder, config, problems)
    architecture = ", ".join(str(name) for name in config.get("architectures") or [])
    unfit = list(_cannot_write(config, architecture)) if headers else []
    if not unfit:
        # Whoever named the wrong kind of model need not hear what else this one lacks.
        unfit += [*_brings_code(folder, config, architecture), *_packed(config), *_tokenizer(folder)]
    return Inspection(_facts(folder, config, headers, architecture), (*problems, *unfit))


def _adapter(folder: Path) -> Inspection:
    """Look at what was trained beside a model's weights (LoRA), and at that model."""
    problems: list[str] = []
    told = _read_json(folder / ADAPTER, problems)
    name = ancestor(folder)
    if told.get("task_type") == "SEQ_CLS":
        problems.append(SCORES_ONLY)
    if not (folder / ADAPTER_WEIGHTS).is_file():
        problems.append("It is an adapter (LoRA) without adapter_model.safetensors: save it as safetensors.")
    if (kind := told.get("peft_type", "LORA")) != "LORA":
        problems.append(
            f"It is an adapter of another kind ({kind}): merge it with its base where it was made."
        )
    if not name or not Path(name).is_dir():
        problems.append(
            f"It is an adapter (LoRA) on {name or 'a model that it does not name'}, which is no folder of "
            f"this machine: bring that model here and write its folder into {ADAPTER} as "
            "base_model_name_or_path, or merge the two where it is."
        )
        return Inspection(Facts(base=name), tuple(problems))
    base = inspect(folder=Path(name))
    problems += [f"Of what it is an adapter on, {name}: {problem}" for problem in base.problems]
    weights = _headers(folder, {}, problems) if (folder / ADAPTER_WEIGHTS).is_file() else {}
    more = _facts(folder, {}, weights, "")
    facts = dataclasses.replace(
        base.facts,
        base=name,
        parameters=base.facts.parameters + more.parameters,
        weight_bytes=base.facts.weight_bytes + more.weight_bytes,
        memory_cuda=base.facts.memory_cuda + more.weight_bytes,
        memory_cpu=base.facts.memory_cpu + more.parameters * 4,
        fingerprint=hashlib.sha256(f"{base.facts.fingerprint}{more.fingerprint}".encode()).hexdigest(),
    )
    return Inspection(facts, tuple(problems))


def _cannot_write(config: dict[str, Any], architecture: str) -> Iterator[str]:
    if SCORES in architecture:
        yield SCORES_ONLY
    elif not any(kind in architecture for kind in WRITES):
        kind = architecture or "nothing is said"
        yield f"It is no language model ({kind}) and cannot write: choose one for chats."
    elif config.get("is_encoder_decoder"):
        yield f"It rewrites a text and holds no conversation ({architecture}): choose a model for chats."
    elif not _is_known(architecture) and "auto_map" not in config:
        yield (
            f"This version of transformers does not know {architecture}: bring transformers up to date, or "
            "serve it by a server that knows it and register that."
        )


def _is_known(architecture: str) -> bool:
    """Say whether the library here has an architecture, without loading the library."""
    found = importlib.util.find_spec("transformers")
    places = found.submodule_search_locations if found else None
    listed = Path(next(iter(places))) / "models" / "auto" / "modeling_auto.py" if places else None
    if listed is None or not listed.is_file():
        return True
    text = listed.read_text("utf-8")
    return any(f'"{name.strip()}"' in text for name in architecture.split(","))


def _read_json(path: Path, problems: list[str]) -> dict[str, Any]:
    try:
        if path.stat().st_size > LARGEST_TEXT:
            raise ValueError("too large")
        found = json.loads(path.read_text("utf-8"))
        if isinstance(found, dict):
            return found
    except PermissionError:
        raise
    except (OSError, ValueError, RecursionError):
        pass
    problems.append(f"{path.name} cannot be read as JSON: copy it again.")
    return {}


def _headers(folder: Path, config: dict[str, Any], problems: list[str]) -> dict[str, dict[str, Any]]:
    """Return the header of each file of weights; none, and a problem, where they are not usable."""
    names = {path.name for path in folder.glob("*.safetensors")}
    index = folder / f"{WEIGHTS}.index.json"
    if index.is_file():
        names = {str(name) for name in _read_json(index, problems).get("weight_map", {}).values()}
    elif WEIGHTS in names:
        names = {WEIGHTS}  # Others beside it hold the same once more, in another form.
    elif names and config:
        problems.append(
            f"Its weights lie in {min(names)}, which is looked for only where {index.name} names it: copy "
            f"that file too, or save the model anew as {WEIGHTS}."
        )
    missing = sorted(name for name in names if not (folder / Path(name).name).is_file())
    if missing:
        problems.append(
            f"{len(missing)} of its {len(names)} files of weights are missing, {missing[0]} first: "
            "copy what is missing."
        )
    if not names:
        problems.append(_no_weights(folder))
    found = {}
    for name in sorted(names - set(missing)):
        try:
            found[name] = read_header(folder / Path(name).name)
        except PermissionError:
            raise
        except (Damaged, OSError) as error:
            problems.append(f"{Path(name).name} is damaged: {error}. Copy it again.")
    return found


def _no_weights(folder: Path) -> str:
    if any(next(folder.glob(pattern), None) for pattern in PICKLES):
        return "Its weights are pickles, which can run code when they are read: save them as safetensors."
    if next(folder.glob("*.gguf"), None):
        return GGUF
    return "It has no weights: name a folder with files that end in .safetensors."


def _brings_code(folder: Path, config: dict[str, Any], architecture: str) -> Iterator[str]:
    files = {"config.json": config, "tokenizer_config.json": _read_json(folder / "tokenizer_config.json", [])}
    naming = [name for name, told in files.items() if "auto_map" in told]
    if naming == ["config.json"] and _is_known(architecture):
        yield (
            "It names code of its own (auto_map in config.json), which is never run here. transformers knows "
            f"{architecture} by itself: take auto_map out of config.json to use that."
        )
    elif naming:
        yield (
            f"It needs code of its own (auto_map in {' and '.join(naming)}), which is never run here: "
            "choose a version that transformers knows by itself, or serve it by a server that may run it and "
            "register that."
        )


def _packed(config: dict[str, Any]) -> Iterator[str]:
    """Say that weights of fewer bits need a package that is not here."""
    told = config.get("quantization_config")
    how = str(told.get("quant_method") or "") if isinstance(told, dict) else ""
    package = PACKED_BY.get(how)
    if package and importlib.util.find_spec(package) is None:
        yield (
            f"Its weights are packed by {how}, and the package {package}, which unpacks them, is not "
            "installed here: bring the version in 16 bits, or serve it by vLLM and register the server."
        )


def _tokenizer(folder: Path) -> Iterator[str]:
    if not has_tokenizer(folder):
        yield "It has no tokenizer: save the tokenizer into the same folder."
        return
    if not any((folder / name).is_file() for name in TOKENIZERS if name != SENTENCE_PIECES) and not any(
        importlib.util.find_spec(name) for name in ("sentencepiece", "tiktoken")
    ):
        yield (
            f"Its tokenizer is there as {SENTENCE_PIECES} alone, and the package sentencepiece, which reads "
            "that, is not installed here: save it as tokenizer.json too."
        )
    template = _read_json(folder / "tokenizer_config.json", []).get("chat_template")
    if not template and not any((folder / f"chat_template.{kind}").is_file() for kind in ("jinja", "json")):
        yield (
            "It has no chat template, so nobody knows how it was taught to be asked: "
            "choose a version that was tuned for chats."
        )


def _facts(
    folder: Path, config: dict[str, Any], headers: dict[str, dict[str, Any]], architecture: str
) -> Facts:
    tensors = [item for header in headers.values() for item in header.values()]
    parameters = sum(math.prod(item.get("shape", [])) for item in tensors)
    stored = sum(item["data_offsets"][1] - item["data_offsets"][0] for item in tensors)
    width = max((_BYTES.get(str(item.get("dtype")), 1) for item in tensors), default=0)
    text = config.get("text_config") if isinstance(config.get("text_config"), dict) else config
    cached = _cached_numbers(text or config)
    return Facts(
        architecture=architecture[:200],
        parameters=parameters,
        weight_bytes=stored,
        memory_cuda=stored + cached * max(width, 2),
        memory_cpu=(parameters + cached) * 4,
        context_tokens=_whole((text or config).get("max_position_embeddings")),
        licence=_licence(folder, config),
        fingerprint=_fingerprint(config, headers),
    )


def _cached_numbers(config: dict[str, Any]) -> int:
    """Return how many keys and values CACHED_TOKENS leave behind: 2 x layers x key heads x width x tokens."""
    heads = _whole(config.get("num_attention_heads")) or 1
    width = _whole(config.get("head_dim")) or _whole(config.get("hidden_size")) // heads
    keys = _whole(config.get("num_key_value_heads")) or heads
    return 2 * _whole(config.get("num_hidden_layers")) * keys * width * CACHED_TOKENS


def _whole(raw: Any) -> int:
    return raw if isinstance(raw, int) and not isinstance(raw, bool) and raw > 0 else 0


def _licence(folder: Path, config: dict[str, Any]) -> str:
    """Return what the model's card or its licence file says, else what those of the model say that it was
    trained from; '' where nobody says.
    """
    card = folder / "README.md"
    if card.is_file():
        found = _LICENCE.search(card.read_text("utf-8", errors="replace")[:20_000])
        if found:
            return found[1].strip()[:100]
    for path in sorted(folder.glob("LICEN[CS]E*")):
        lines = path.read_text("utf-8", errors="replace")[:2000].strip().splitlines()
        if lines:
            return lines[0].strip()[:100]
    if said := str(config.get("license") or "")[:100]:
        return said
    base = read_json(folder / RECIPE).get("base")
    return _licence(Path(base), {}) if isinstance(base, str) and base not in {"", str(folder)} else ""


def _fingerprint(config: dict[str, Any], headers: dict[str, dict[str, Any]]) -> str:
    """Return a hash of the configuration and of what lies where in the weights, not of the weights."""
    told = json.dumps([config, headers], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest() if headers else ""
