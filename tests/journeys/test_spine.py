"""The spine carries values: what people vote in the moral graph decides what a trained model prefers.

A synthetic world, without a browser: three values, comparisons in which each response is made in the spirit
of one of them, known votes by principle, and a graph whose votes put the values in an order. The graph's
votes are then reversed and everything is built again: the second model's priorities are the first's,
reversed. Where the labels are shuffled, nothing is learned.
"""

import dataclasses
import random
import uuid
from collections.abc import Callable
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from django.utils import timezone

from apps.discretion.domain import measures as formulas
from apps.discretion.domain.report import Controls
from apps.discretion.models import Annotator, Audit, Comparison, Principle, Verdict
from apps.discretion.selectors.judgements import Choice, measures
from apps.discretion.services import annotators, data_sets, principles
from apps.discretion.services.targeting import Asked
from apps.models import selectors as models_selectors
from apps.models import tasks as models_tasks
from apps.models.domain import recipes
from apps.models.models import Checkpoint, DataSet
from apps.models.services import data_sets as frozen_sets
from apps.models.services import runs
from apps.moralgraph.models import Value, Vote
from apps.moralgraph.services import graphs
from apps.shared.models import Study
from tests.factories import moralgraph as graph_factories
from tests.factories.discretion import AnnotatorFactory, AuditFactory, ComparisonFactory
from tests.factories.shared import UserFactory

pytestmark = [pytest.mark.training, pytest.mark.django_db]

PEOPLE = 24
TOPICS = (
    "a new job in another town", "a quarrel with my brother", "my mother's house", "a loan to a friend",
    "leaving my flat share", "a trip that I cannot pay", "the choir", "my daughter's school",
    "an old dog", "a letter that I never answered", "working at night", "a garden with the neighbours",
    "the village council", "my driving licence", "a second language", "the family business",
)  # fmt: skip
SPIRIT = {
    "Tender Patience": (
        "That sounds so heavy, dear. I am with you, take all the time that you need.",
        "I feel how much this hurts. Rest a little; you are not alone with your sorrow.",
        "Be gentle with yourself. Whatever you feel about it is welcome here.",
        "I am so sorry. Let us sit with this sadness together before anything else.",
    ),
    "Hard Numbers": (
        "Put the costs in a table: 40 percent now, 25 later. The statistics settle this.",
        "Studies measured it: 7 of 10 cases pay off in 18 months. Calculate yours.",
        "Compute the expected value of both options and compare the two figures.",
        "The data show a rate of 3.2 per year. Multiply it by the price and decide.",
    ),
    "Ancient Custom": (
        "Our forefathers had a rite for this. Ask the elders and honour the tradition.",
        "The old proverbs speak of it. Keep the custom that your ancestors kept.",
        "Go to the shrine as your people always did; heritage shows the way.",
        "Do as the tribe has done for generations, by the sacred calendar.",
    ),
}


@dataclasses.dataclass
class World:
    """Values from the least wise to the wisest, and the audit whose pairs speak of them."""

    study: Study
    values: list[Value]
    audit: Audit
    context: Any
    user: Any

    def vote(self, order: list[Value]) -> None:
        """Have everybody judge every step along the order, a sixth of them against it."""
        Vote.objects.filter(study=self.study, undone_at=None).update(undone_at=timezone.now())
        people = [uuid.uuid4() for _ in range(PEOPLE)]
        for low, high in combinations(order, 2):
            for number, person in enumerate(people):
                ends = (low, high) if number % 6 else (high, low)
                graph_factories.vote(*ends, self.context, participant_id=person)


@pytest.fixture
def world(study: Study, everybody_lets_train: None) -> World:
    """Return three values and pairs for every two of them, each judged by principle as it was written."""
    rng = random.Random(7)
    values = [graph_factories.ValueFactory(study=study, title=title) for title in SPIRIT]
    context = graph_factories.ContextFactory(study=study)
    made = World(study, values, AuditFactory(study=study), context, UserFactory())
    made.vote(values)
    snapshot = graphs.take_snapshot(study=study)
    taken = principles.take_over(
        audit=made.audit, snapshot_id=snapshot.pk, value_ids=[value.pk for value in values]
    )
    judge = AnnotatorFactory(audit=made.audit, name="Reader")
    for topic in TOPICS:
        for first, second in combinations(taken, 2):
            for one, other in ((first, second), (second, first)):
                _write_pair(made.audit, judge, topic, one, other, taken, rng)
        _write_pair(made.audit, judge, topic, taken[0], taken[1], taken, rng, longer=60)
    return made


def _write_pair(
    audit: Audit,
    judge: Annotator,
    topic: str,
    one: Principle,
    other: Principle,
    taken: list[Principle],
    rng: random.Random,
    longer: int = 1,
) -> None:
    """Write a pair whose first response is in the spirit of one principle and whose second of another."""
    row: Comparison = ComparisonFactory(
        audit=audit,
        prompt=f"What should I do about {topic}?",
        response_a=" ".join([rng.choice(SPIRIT[one.title])] * longer),
        response_b=rng.choice(SPIRIT[other.title]),
        split_key=topic,
    )
    vote = {one.pk: 1, other.pk: -1}
    Verdict.objects.bulk_create(
        Verdict(
            comparison=row,
            annotator=judge,
            principle=principle,
            preference=vote.get(principle.pk, 0),
            answer={1: "a", -1: "b", 0: "not_applicable"}[vote.get(principle.pk, 0)],
        )
        for principle in taken
    )


@pytest.fixture
def trained(world: World, django_capture_on_commit_callbacks: Any) -> Callable[[DataSet], Checkpoint]:
    """Return a function that trains a reward model on a data set in the trainer's own process."""
    assert models_tasks.train.name == "models.train"

    def _train(data_set: DataSet) -> Checkpoint:
        with django_capture_on_commit_callbacks(execute=True):
            run = runs.launch(
                study=world.study,
                data_set=data_set,
                config=recipes.configure(recipes.Choice(size="tiny", seed=3)).model_dump(),
                created_by=world.user,
                size="tiny",
            )
        return Checkpoint.objects.select_related("run").get(run=run)

    return _train


def built_from_graph(world: World) -> DataSet:
    """Take a snapshot of the graph as it is and freeze the audit's pairs with its targets."""
    snapshot = graphs.take_snapshot(study=world.study)
    built = data_sets.build(
        audit=world.audit,
        asked=Asked("graph", snapshot=snapshot.pk),
        created_by=world.user,
        manner=data_sets.Manner(name="From the graph"),
    )
    return models_selectors.data_set(study=world.study, data_set_id=built.id)


def accuracy(checkpoint: Checkpoint) -> dict[str, float]:
    """Return the checkpoint's held-out accuracy with its interval."""
    found: dict[str, float] = models_selectors.evaluations(checkpoint=checkpoint)["held_out"]["accuracy"]
    return found


def weights_of(world: World, checkpoint: Checkpoint, capture: Any) -> Any:
    """Have the checkpoint judge its held-out pairs in the audit and return its priorities."""
    with capture(execute=True):
        annotators.add_checkpoint(
            audit=world.audit, checkpoint_id=checkpoint.pk, created_by=world.user, reason="To see it judge."
        )
    world.audit.refresh_from_db()
    found = measures(audit=world.audit, choice=Choice(), controls=Controls()).measures
    annotator = Annotator.objects.get(audit=world.audit, checkpoint_id=str(checkpoint.pk))
    row = next(row for row in found.raters if row.rater.id == str(annotator.pk))
    held_out = set(models_selectors.held_out_ids(data_set=checkpoint.run.data_set))
    assert {str(pk) for pk in annotator.verdicts.values_list("comparison_id", flat=True)} == held_out
    return np.array([item.weight for item in row.priorities])


def test_reversed_votes_reverse_the_models_priorities(
    world: World, trained: Callable[[DataSet], Checkpoint], django_capture_on_commit_callbacks: Any
) -> None:
    forward = trained(built_from_graph(world))
    world.vote(world.values[::-1])
    backward = trained(built_from_graph(world))

    first, second = (
        weights_of(world, checkpoint, django_capture_on_commit_callbacks)
        for checkpoint in (forward, backward)
    )

    # The wisest value of the first graph is the last of the three.
    assert first.argmax() == 2
    discrepancy = formulas.discrepancy(weights=first, other=second)
    assert discrepancy is not None
    kendalls_tau = 1 - 2 * discrepancy
    assert kendalls_tau < -0.5
    assert accuracy(forward)["low"] > 0.5
    assert accuracy(backward)["low"] > 0.5
    judged = Verdict.objects.filter(annotator__checkpoint_id=str(forward.pk))
    skipped = judged.filter(answer="skip")
    assert set(skipped.values_list("reason", flat=True)) == {"too long for the encoder"}
    coverage = models_selectors.evaluations(checkpoint=forward)["discretion"]["coverage"]
    assert coverage["n"] == len(TOPICS) * 7
    assert round(coverage["value"] * coverage["n"]) == judged.count() - skipped.count()


def test_shuffled_labels_teach_nothing(world: World, trained: Callable[[DataSet], Checkpoint]) -> None:
    real = built_from_graph(world)
    examples = [
        example
        for side in ("train", "held_out")
        for example in models_selectors.examples(data_set=real, side=side)
    ]
    # Ordered by what they say, not by their random ids: the same labels, and so the same model, every time.
    examples.sort(key=lambda example: (example.prompt, example.response_a, example.response_b))
    labels = [float(place % 2) for place in range(len(examples))]
    random.Random(1).shuffle(labels)
    shuffled = [
        dataclasses.replace(example, p_a=label) for example, label in zip(examples, labels, strict=True)
    ]
    data_set = frozen_sets.freeze(
        study=world.study, name="Shuffled", examples=shuffled, rule={"target": "coin"}, created_by=world.user
    )

    found = accuracy(trained(data_set))

    assert found["n"] >= 20
    assert found["low"] <= 0.5 <= found["high"]
