"""Responses are read by the encoder once, and found again by the hash of their text."""

import numpy as np
import pytest

from apps.models.domain.recipes.sentence import MINILM
from apps.models.models import ResponseVector
from apps.models.services import embedding, vectors
from apps.shared.models import Study
from tests.factories.models import BRUSQUE, KIND

pytestmark = pytest.mark.training


def test_what_was_read_once_is_not_read_again_and_what_is_too_long_is_known_as_such(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = [
        ("What now?", KIND[0]),
        ("What now?", BRUSQUE[0]),
        ("Why?", "word " * 400),
        ("What now?", KIND[0]),
    ]

    found, read = vectors.of_responses(study=study, asked=asked)

    assert read == 3
    assert found.shape == (4, 384)
    assert np.linalg.norm(found[0]) == pytest.approx(np.sqrt(384), rel=1e-2)
    assert np.array_equal(found[0], found[3])
    assert np.isnan(found[2]).all()
    assert not np.allclose(found[0], found[1])
    # Now nobody can start a process, and nobody has to.
    monkeypatch.setattr(embedding, "read_responses", None)
    again, read = vectors.of_responses(study=study, asked=asked)
    assert read == 0
    assert np.array_equal(found, again, equal_nan=True)
    assert ResponseVector.objects.filter(study=study).count() == 3


def test_the_vectors_are_those_that_an_instant_run_learns_on(study: Study) -> None:
    import torch

    from apps.models.training import data, encoders, reward

    encoder = encoders.load(name=MINILM)
    text = data.tokenise(encoder=encoder, prompt="What now?", response=KIND[1])
    model = reward.RewardModel(encoder=encoder.model, width=encoder.width)
    tokens = {name: torch.tensor([text[name]]) for name in text}
    response = tokens.pop("response")
    with torch.inference_mode():
        exact = model.features(tokens=tokens, response=response)[0].numpy()

    (found,), _ = vectors.of_responses(study=study, asked=[("What now?", KIND[1])])

    cosine = found @ exact / np.linalg.norm(found) / np.linalg.norm(exact)
    assert cosine > 0.999
