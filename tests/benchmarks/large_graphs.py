"""A study with a large graph, made in a running installation: `python -m tests.benchmarks.large_graphs NAME`.

500 values and 5,000 pairs, each pair judged by four people who follow a known order with noise.
"""

import os
import subprocess
import sys

from tests.browser.installation import ROOT, Installation

VALUES, PAIRS, VOTES_A_PAIR, VOTES_A_PERSON = 500, 5_000, 4, 8
_FIRST = "Patient Plain Steady Unhurried Honest Careful Open Shared Quiet Brave".split()
_SECOND = "Listening Truth Company Courage Doubt Trust Limits Humour Hope Attention".split()
_THIRD = "In Doubt|At Work|Under Strain|Among Friends|With Strangers".split("|")


def prepare(installation: Installation, *, slug: str) -> None:
    """Make the study in an installation, with the demo's researcher as a member."""
    made = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.large_graphs", slug],
        cwd=ROOT,
        env={**installation.environment, "DJANGO_SETTINGS_MODULE": "config.settings.production"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr


def titles() -> list[str]:
    """Return as many different titles as there are values."""
    return [f"{first} {second} {third}" for third in _THIRD for first in _FIRST for second in _SECOND]


def _make(slug: str) -> None:
    import uuid

    import numpy as np
    from django.contrib.auth import get_user_model

    from apps.moralgraph.models import Context, Transition, Value, Vote
    from apps.shared.models import Membership, Role
    from apps.shared.services import studies

    study = studies.create(slug=slug, title="A large graph")
    researcher = get_user_model().objects.get(username="researcher")
    Membership.objects.create(study=study, user=researcher, role=Role.RESEARCHER)
    contexts = Context.objects.bulk_create(
        [Context(study=study, name=name) for name in ("When somebody asks for advice", "When time is short")]
    )
    lines = [{"attended": "PAUSES", "qualifier": "in which somebody decides to go on", "quote": ""}] * 4
    Value.objects.bulk_create(
        [Value(study=study, title=title, summary="I wait.", policies=lines) for title in titles()]
    )
    values = list(Value.objects.filter(study=study).order_by("pk").values_list("pk", flat=True))
    rng = np.random.default_rng(1)
    ends = np.unique(rng.integers(0, VALUES, (4 * PAIRS, 2)), axis=0)
    ends = ends[ends[:, 0] < ends[:, 1]]
    ends = ends[rng.permutation(len(ends))[:PAIRS]]
    ends = np.where(rng.random(PAIRS)[:, None] < 0.5, ends, ends[:, ::-1])
    Transition.objects.bulk_create(
        [Transition(study=study, less_wise_id=values[low], wiser_id=values[high]) for low, high in ends]
    )
    steps = list(Transition.objects.filter(study=study).order_by("pk").values_list("pk", flat=True))
    strength = rng.normal(size=VALUES)
    asked = np.tile(np.arange(PAIRS), VOTES_A_PAIR)
    odds = np.exp(strength[ends[asked, 0]] - strength[ends[asked, 1]])
    answers = np.where(rng.random(len(asked)) < 1 / (1 + odds), "wiser", "not_wiser")
    Vote.objects.bulk_create(
        [
            Vote(
                study=study,
                participant_id=uuid.UUID(int=number // VOTES_A_PERSON),
                transition_id=steps[step],
                context=contexts[step % 2],
                answer=answer,
            )
            for number, (step, answer) in enumerate(zip(asked.tolist(), answers.tolist(), strict=True))
        ],
        batch_size=2000,
    )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
    import django

    django.setup()
    _make(sys.argv[1])
