"""What a folder's weights are: a whole model's, or matrices that were trained beside another's (LoRA)."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

LARGEST_HEADER = 100_000_000
RECIPE, ADAPTER = "recipe.json", "adapter_config.json"
"""What a checkpoint of ours says of itself, and what the adapters' library says."""
TOKENIZERS = ("tokenizer.json", "tokenizer.model", "vocab.json", "vocab.txt")


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sha256_of_all(paths: Sequence[Path]) -> str:
    """Return the SHA-256 of a file; of several, in their order, that of their hashes; '' of none."""
    found = [sha256_of(path) for path in paths]
    return (
        found[0] if len(found) == 1 else hashlib.sha256("".join(found).encode()).hexdigest() if found else ""
    )


class Damaged(ValueError):
    """A file of weights is not what its name says."""


def read_header(path: Path) -> dict[str, Any]:
    """Return a safetensors header: eight bytes of length, then JSON with each tensor's place in the file.

    Raises Damaged.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        if not 2 <= length <= min(LARGEST_HEADER, size - 8):
            raise Damaged("its header does not fit into it")
        try:
            header = json.loads(file.read(length))
            ends = [item["data_offsets"][1] for name, item in header.items() if name != "__metadata__"]
        except (ValueError, RecursionError, KeyError, TypeError, IndexError, AttributeError) as error:
            raise Damaged("its header cannot be read") from error
    if max(ends, default=0) != size - 8 - length:
        raise Damaged(f"it should have {max(ends, default=0) + 8 + length:,} bytes and has {size:,}")
    return {name: item for name, item in header.items() if name != "__metadata__"}


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
    own = sha256_of_all(files)
    beside = ancestor(place)
    return hashlib.sha256(f"{fingerprint(beside)}{own}".encode()).hexdigest() if beside else own


def read_json(path: Path) -> dict[str, Any]:
    """Return what a small file says, nothing where it says nothing that can be read."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
