"""Turn texts into points: ``python -m apps.models.evaluation.embedding --texts FILE --out FILE``.

With ``--responses FILE``, a JSON list of prompts with responses, what is read are the responses.
"""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from apps.models.training.errors import TrainingError
from apps.models.training.stopping import StopWatch


def main(arguments: list[str] | None = None) -> int:
    """Read a JSON list and write its vectors; the file appears whole or not at all."""
    parser = argparse.ArgumentParser(prog="python -m apps.models.evaluation.embedding", description="Embed.")
    asked = parser.add_mutually_exclusive_group(required=True)
    asked.add_argument("--texts", type=Path)
    asked.add_argument("--responses", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args(arguments)
    os.environ.update({"HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1", "OMP_WAIT_POLICY": "passive"})
    StopWatch().end_with_parent()
    try:
        read = responses if options.responses else embed
        vectors = read(json.loads((options.responses or options.texts).read_text("utf-8")), options.threads)
    except TrainingError as error:
        print(error, file=sys.stderr)  # noqa: T201  (read by whoever started the process)
        return 2
    making = options.out.with_name(f".{options.out.name}.part.npy")
    np.save(making, vectors, allow_pickle=False)
    making.replace(options.out)
    return 0


def embed(texts: Sequence[str], threads: int = 1) -> NDArray[np.float32]:
    """Return the texts' vectors, (texts, width): the mean over tokens, at length 1."""
    import torch  # --help must not wait for it

    from apps.models.training import embedding

    torch.set_num_threads(threads)
    return embedding.embed(texts=texts)


def responses(asked: Sequence[tuple[str, str]], threads: int = 1) -> NDArray[np.float32]:
    """Return the responses' vectors, (responses, width); NaN for what cannot be read whole."""
    import torch

    from apps.models.training import embedding

    torch.set_num_threads(threads)
    return embedding.responses(asked=asked)


if __name__ == "__main__":
    sys.exit(main())
