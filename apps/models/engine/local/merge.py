"""Write an adapter and the model that it lies on as one folder, for servers that take whole models alone:

python -m apps.models.engine.local.merge CHECKPOINT FOLDER
"""

import argparse
from pathlib import Path

from transformers import AutoModelForCausalLM, AutoTokenizer

from apps.models.engine.inspection import inspect
from apps.models.engine.local.loading import BaseChanged, layers_of, merged


def merge(*, adapter: Path, into: Path) -> None:
    """Write the merged model, in the type that the base was saved in. Raises BaseChanged."""
    whole, *adapters = layers_of(adapter)
    if not adapters:
        raise BaseChanged(f"{adapter} holds no adapter (adapter_config.json): there is nothing to merge.")
    if into.exists() and any(into.iterdir()):
        raise BaseChanged(f"{into} is not empty: name a new folder.")
    model = AutoModelForCausalLM.from_pretrained(
        str(whole), local_files_only=True, trust_remote_code=False, use_safetensors=True, dtype="auto"
    )
    merged(model=model, adapters=adapters).save_pretrained(str(into))
    AutoTokenizer.from_pretrained(str(adapter), trust_remote_code=False).save_pretrained(str(into))


def main() -> None:
    """Merge, and say how to serve the result."""
    parser = argparse.ArgumentParser(prog="python -m apps.models.engine.local.merge", description=__doc__)
    parser.add_argument("adapter", type=Path)
    parser.add_argument("into", type=Path)
    options = parser.parse_args()
    try:
        merge(adapter=options.adapter, into=options.into)
    except BaseChanged as error:
        parser.error(str(error))
    problems = inspect(folder=options.into).problems
    print("\n".join(problems) or f"Merged. Serve it: LLM_PATH={options.into} make run")  # noqa: T201  (what the command is for)


if __name__ == "__main__":
    main()
