"""Write an adapter and the model that it lies on as one folder, for servers that take whole models alone:

python -m apps.models.engine.local.merge CHECKPOINT FOLDER
"""

import argparse
import shutil
import warnings
from pathlib import Path

from transformers import AutoModelForCausalLM, AutoTokenizer
from transformers.utils import logging

from apps.models.domain.weights import tokenizer_folder
from apps.models.engine.inspection import inspect
from apps.models.engine.local.loading import BaseChanged, WeightsMissing, layers_of, merged, whole_weights

CARD = """---
{licence}base_model: {base}
---

The weights of `{base}` with the adapter `{adapter}` added to them by Touchstone.
"""


def merge(*, adapter: Path, into: Path) -> None:
    """Write the merged model, in the type that the base was saved in. Raises BaseChanged and WeightsMissing.

    What the base is licensed under holds for what is made of it, so that goes along.
    """
    whole, *adapters = layers_of(adapter)
    if not adapters:
        raise BaseChanged(f"{adapter} holds no adapter (adapter_config.json): there is nothing to merge.")
    if into.exists() and any(into.iterdir()):
        raise BaseChanged(f"{into} is not empty: name a new folder.")
    model = whole_weights(AutoModelForCausalLM, whole, dtype="auto")
    merged(model=model, adapters=adapters).save_pretrained(str(into))
    tokenizer = AutoTokenizer.from_pretrained(str(tokenizer_folder(adapter)), trust_remote_code=False)
    tokenizer.save_pretrained(str(into))
    for path in [*whole.glob("LICEN[CS]E*"), *whole.glob("NOTICE*")]:
        shutil.copy(path, into)
    said = inspect(folder=whole).facts.licence
    licence = f"license: {said}\n" if said else ""
    (into / "README.md").write_text(CARD.format(licence=licence, base=whole, adapter=adapter), "utf-8")


def main() -> None:
    """Merge, and say how to serve the result."""
    parser = argparse.ArgumentParser(prog="python -m apps.models.engine.local.merge", description=__doc__)
    parser.add_argument("adapter", type=Path)
    parser.add_argument("into", type=Path)
    options = parser.parse_args()
    # Whoever runs it reads one line: done, or what is wrong.
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    warnings.simplefilter("ignore", FutureWarning)
    try:
        merge(adapter=options.adapter, into=options.into)
    except (BaseChanged, WeightsMissing, OSError, ValueError) as error:
        parser.exit(2, f"{str(error).strip()}\n")
    problems = inspect(folder=options.into).problems
    print("\n".join(problems) or f"Merged. Serve it: LLM_PATH={options.into} make run")  # noqa: T201  (what the command is for)


if __name__ == "__main__":
    main()
