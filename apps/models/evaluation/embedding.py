"""Turn texts into points: ``python -m apps.models.evaluation.embedding --texts FILE --out FILE``."""

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
    """Read a JSON list of texts and write their vectors; the file appears whole or not at all."""
    parser = argparse.ArgumentParser(prog="python -m apps.models.evaluation.embedding", description="Embed.")
    parser.add_argument("--texts", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args(arguments)
    os.environ.update({"HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1", "OMP_WAIT_POLICY": "passive"})
    StopWatch().end_with_parent()
    try:
        vectors = embed(texts=json.loads(options.texts.read_text("utf-8")), threads=options.threads)
    except TrainingError as error:
        print(error, file=sys.stderr)  # noqa: T201  (read by whoever started the process)
        return 2
    making = options.out.with_name(f".{options.out.name}.part.npy")
    np.save(making, vectors, allow_pickle=False)
    making.replace(options.out)
    return 0


def embed(*, texts: Sequence[str], threads: int = 1) -> NDArray[np.float32]:
    """Return the texts' vectors, (texts, width): the mean over tokens, at length 1."""
    import torch  # --help must not wait for it

    from apps.models.training import embedding

    torch.set_num_threads(threads)
    return embedding.embed(texts=texts)


if __name__ == "__main__":
    sys.exit(main())
