"""Turn texts into points: ``python -m apps.models.evaluation.embedding --texts FILE --out FILE``."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from apps.models.domain.embeddings import MOST_TOKENS
from apps.models.domain.recipes import MINILM
from apps.models.training.errors import TrainingError
from apps.models.training.stopping import StopWatch

BATCH = 64


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

    from apps.models.training import encoders

    torch.set_num_threads(threads)
    encoder = encoders.load(name=MINILM)
    encoder.model.eval()
    order = sorted(range(len(texts)), key=lambda place: (len(texts[place]), place))
    found = np.zeros((len(texts), encoder.width), dtype=np.float32)
    with torch.inference_mode():
        for start in range(0, len(order), BATCH):
            places = order[start : start + BATCH]
            tokens = encoder.tokenizer(
                [texts[place] for place in places],
                padding=True, truncation=True, max_length=MOST_TOKENS, return_tensors="pt",
            )  # fmt: skip
            hidden = encoder.model(**tokens).last_hidden_state
            mask = tokens["attention_mask"].unsqueeze(-1).to(hidden.dtype)
            mean = (hidden * mask).sum(dim=1) / mask.sum(dim=1)
            found[places] = torch.nn.functional.normalize(mean, dim=-1).numpy()
    return found


if __name__ == "__main__":
    sys.exit(main())
