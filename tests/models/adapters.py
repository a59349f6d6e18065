"""An adapter (LoRA) on a tiny model, as a run leaves it, with what says what it was trained beside."""

import json
from pathlib import Path


def build_adapter(*, folder: Path, base: Path, rank: int = 4) -> Path:
    """Save an adapter whose matrices are random, so that it finds other texts likely than its base."""
    import torch  # few runs of tests need it
    from peft import LoraConfig, get_peft_model
    from transformers import AutoModelForCausalLM, AutoTokenizer

    from apps.models.domain.weights import fingerprint

    torch.manual_seed(3)
    config = LoraConfig(r=rank, target_modules="all-linear", task_type="CAUSAL_LM", init_lora_weights=False)
    model = get_peft_model(AutoModelForCausalLM.from_pretrained(base), config)
    model.save_pretrained(str(folder))
    AutoTokenizer.from_pretrained(base).save_pretrained(folder)
    told = {
        "format": 1, "method": "dpo", "base": str(base), "base_sha256": fingerprint(base), "tuning": "lora",
        "precision": "float32", "max_length": 512,
    }  # fmt: skip
    (folder / "recipe.json").write_text(json.dumps(told))
    return folder
