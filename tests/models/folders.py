"""Model folders written by hand: a configuration, a tokenizer, and weights of a few numbers."""

import json
from pathlib import Path
from typing import Any

CONFIG: dict[str, Any] = {
    "architectures": ["LlamaForCausalLM"],
    "model_type": "llama",
    "hidden_size": 8,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "max_position_embeddings": 512,
}


def weights(path: Path, *, shape: tuple[int, int] = (4, 6), kind: str = "BF16", width: int = 2) -> Path:
    """Write one tensor of zeros as safetensors."""
    size = shape[0] * shape[1] * width
    header = json.dumps({"w": {"dtype": kind, "shape": list(shape), "data_offsets": [0, size]}}).encode()
    path.write_bytes(len(header).to_bytes(8, "little") + header + bytes(size))
    return path


def model_folder(folder: Path, *, config: dict[str, Any] | None = None) -> Path:
    """Write a folder in which nothing is wrong."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.json").write_text(json.dumps(CONFIG | (config or {})))
    (folder / "tokenizer.json").write_text("{}")
    (folder / "tokenizer_config.json").write_text(json.dumps({"chat_template": "{{ messages }}"}))
    (folder / "README.md").write_text("---\nlanguage: en\nlicense: apache-2.0\n---\n# A model\n")
    weights(folder / "model.safetensors")
    return folder
