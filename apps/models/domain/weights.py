"""What a folder's weights are: a whole model's, or matrices that were trained beside another's (LoRA)."""

import hashlib
import json
from pathlib import Path
from typing import Any

RECIPE, ADAPTER = "recipe.json", "adapter_config.json"
"""What a checkpoint of ours says of itself, and what the adapters' library says."""
TOKENIZERS = ("tokenizer.json", "tokenizer.model", "vocab.json", "vocab.txt")


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def ancestor(folder: Path) -> str:
    """Return beside which model's weights a folder's matrices were trained, '' for a folder of whole weights.

    Our own description comes first: it names what the run started from, whatever a library made of that.
    """
    if not (folder / ADAPTER).is_file():
        return ""
    named = read_json(folder / RECIPE).get("base") or read_json(folder / ADAPTER).get(
        "base_model_name_or_path"
    )
    return str(named or "")


def has_tokenizer(folder: Path) -> bool:
    """Say whether a folder holds a tokenizer."""
    return any((folder / name).is_file() for name in TOKENIZERS)


def tokenizer_folder(folder: Path) -> Path:
    """Return where a model's tokenizer lies: many adapters from elsewhere were saved without, and read as the
    model does that they lie on.
    """
    beside = ancestor(folder)
    return tokenizer_folder(Path(beside)) if beside and not has_tokenizer(folder) else folder


def fingerprint(folder: Path | str) -> str:
    """Return the SHA-256 of a folder's weights, '' for what is no folder.

    Of small matrices it is the hash of theirs and of the weights' beside which they were trained.
    """
    place = Path(folder)
    files = sorted(place.glob("*.safetensors")) if place.is_dir() else []
    own = "".join(sha256_of(path) for path in files)[:64]
    beside = ancestor(place)
    return hashlib.sha256(f"{fingerprint(beside)}{own}".encode()).hexdigest() if beside else own


def read_json(path: Path) -> dict[str, Any]:
    """Return what a small file says, nothing where it says nothing that can be read."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
