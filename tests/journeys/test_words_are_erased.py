"""A person's words go with the person from all that was made of them: data sets, runs, figures and cards.

The title of a value and the name of a context are a participant's own words here. Data sets are frozen from
verdicts by that value and in that context, two models are trained on them and compared, and the person
withdraws. No mock but that the trainer's processes are this one.
"""

import dataclasses
import io
import json
import uuid
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from rest_framework.test import APIClient

from apps.discretion.models import Audit, Principle
from apps.discretion.services import data_sets, principles
from apps.discretion.services.targeting import Asked
from apps.models import selectors
from apps.models.models import Checkpoint, Counterfactual, DataSet, Run
from apps.models.services import data_sets as frozen_sets
from apps.models.services import measuring, trainer
from apps.models.tasks import compare_targets, train
from apps.moralgraph.models import Belonging, CardVersion, ContextProposal, Value
from apps.moralgraph.services import graphs
from apps.shared.models import Study
from apps.shared.signals import withdrawn
from tests.factories import moralgraph as make
from tests.factories.discretion import AnnotatorFactory, AuditFactory, ComparisonFactory, verdict
from tests.factories.models import KIND, kind_world
from tests.models.services.test_counterfactuals import in_this_process

pytestmark = [pytest.mark.training, pytest.mark.django_db]

TITLE = "Zinnober Patience"
MOMENT = "When the zinnober rain falls"
MARK = "zinnober"
GONE = "A withdrawn value"


@dataclasses.dataclass
class World:
    """Who withdraws, and what was made of their words: three data sets and two models."""

    study: Study
    person: uuid.UUID
    audit: Audit
    by_verdicts: DataSet
    by_graph: DataSet
    by_principle: DataSet
    compared: Counterfactual

    @property
    def checkpoint(self) -> Checkpoint:
        return Checkpoint.objects.select_related("run").get(run=self.compared.first)


def value_of(study: Study, person: uuid.UUID, title: str) -> Value:
    """Return a value that is one person's alone."""
    value: Value = make.ValueFactory(study=study, title=title)
    card = make.CardFactory(study=study, participant_id=person, value=value)
    CardVersion.objects.create(card=card, number=1, title=title, by="person", policies=value.policies)
    Belonging.objects.create(card=card, value=value, by="person")
    return value


def judged(audit: Audit, kind: Principle, other: Principle, context: int) -> None:
    """Write sixty pairs, half of them in the context, and what a person says of them."""
    judge = AnnotatorFactory(audit=audit)
    for number, one in enumerate(kind_world(count=60)):
        row = ComparisonFactory(
            audit=audit, prompt=one.prompt, response_a=one.response_a, response_b=one.response_b,
            split_key=one.split_key, context_id=context if number % 2 else None,
        )  # fmt: skip
        first = one.response_a in KIND
        verdict(judge, row, "a" if first else "b")
        verdict(judge, row, "a" if first else "b", kind)
        if number % 4:
            verdict(judge, row, "b" if first else "a", other)


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a tiny encoder that knows the words of the pairs."""
    from tests.models.tiny_encoder import build_tiny_encoder  # loads torch, which few runs of tests need

    texts = [text for e in kind_world(count=60) for text in (e.prompt, e.response_a, e.response_b)]
    return build_tiny_encoder(folder=tmp_path_factory.mktemp("encoder"), texts=texts)


@pytest.fixture
def world(
    study: Study, admin: APIClient, everybody_lets_train: None, encoder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> World:  # fmt: skip
    person = uuid.uuid4()
    mine, theirs = value_of(study, person, TITLE), value_of(study, uuid.uuid4(), "Quick Numbers")
    context = make.ContextFactory(study=study, name=MOMENT)
    ContextProposal.objects.create(
        study=study, card=mine.belongings.get().card, name=MOMENT, context=context, made_context=True
    )
    for _ in range(6):
        make.vote(theirs, mine, make.ContextFactory(study=study))
    audit: Audit = AuditFactory(study=study)
    snapshot = graphs.take_snapshot(study=study)
    taken = principles.take_over(audit=audit, snapshot_id=snapshot.pk, value_ids=[mine.pk, theirs.pk])
    judged(audit, taken[0], taken[1], context.pk)
    by_verdicts, by_graph, by_principle = (
        selectors.data_set(
            study=study, data_set_id=data_sets.build(audit=audit, asked=asked, created_by=None).id
        )
        for asked in (Asked("verdicts"), Asked("graph"), Asked("principle", principle=taken[0].pk))
    )
    body = {"method": "reward_model", "size": "instant", "repeat": False}
    launched = admin.post(
        f"/api/studies/{study.slug}/counterfactuals/",
        body | {"data_set": str(by_verdicts.pk), "second": str(by_principle.pk)},
    )
    assert launched.status_code == 201
    for run in Run.objects.all():
        run.config |= {"encoder": str(encoder), "max_length": 64, "ridge": 0.1}
        run.save()
    monkeypatch.setattr(trainer.processes, "watch", in_this_process)
    for run in Run.objects.order_by("number"):
        train(job_id=str(run.job_id))
    compare_targets(job_id=str(Counterfactual.objects.get().job_id))
    world = World(study, person, audit, by_verdicts, by_graph, by_principle, Counterfactual.objects.get())
    measuring.measure(checkpoint=world.checkpoint, tick=lambda: False, control=by_graph)
    return world


def everything_written(files: Path) -> Iterator[tuple[Path, bytes]]:
    return ((path, path.read_bytes().lower()) for path in files.rglob("*") if path.is_file())


def rows_with(mark: str, *labels: str) -> list[str]:
    """Return what of these apps' tables holds a word."""
    return [
        f"{model.__name__}: {row}"
        for label in labels
        for model in apps.get_app_config(label).get_models()
        for row in model._default_manager.values()
        if mark in json.dumps(row, default=str).lower()
    ]


def shown(client: APIClient, world: World) -> dict[str, str]:
    """Return what staff see and download of all that was made, by what it is."""
    base = f"/api/studies/{world.study.slug}"
    checkpoint = f"{base}/checkpoints/{world.checkpoint.pk}/"
    graph = f"{base}/data-sets/{world.by_graph.pk}/"
    addresses = {
        "checkpoint": checkpoint, "checkpoints": f"{base}/checkpoints/", "card": f"{checkpoint}card/",
        "run": f"{base}/runs/{world.checkpoint.run_id}/", "runs": f"{base}/runs/",
        "counterfactual": f"{base}/counterfactuals/{world.compared.pk}/",
        "data sets": f"{base}/data-sets/", "data set": graph, "examples": f"{graph}examples/",
    }  # fmt: skip
    found = {what: client.get(address).content.decode() for what, address in addresses.items()}
    folder = b"".join(client.get(f"{graph}folder/").streaming_content)  # type: ignore[attr-defined]
    with zipfile.ZipFile(io.BytesIO(folder)) as archive:
        return found | {name: archive.read(name).decode() for name in archive.namelist()}


def test_words_are_shown_until_the_person_withdraws_and_lie_nowhere_afterwards(
    admin: APIClient, world: World, files: Path
) -> None:
    before = shown(admin, world)

    assert world.by_principle.name.endswith(": principle 1")
    assert [what for what, text in before.items() if TITLE not in text] == []
    figures = json.loads(before["checkpoint"])
    assert set(figures["held_out"]["by_principle"]) == {TITLE, "Quick Numbers"}
    assert set(figures["held_out"]["by_context"]) == {"", MOMENT}
    assert set(figures["control"]["by_kind"]) <= {"", MOMENT}
    compared = json.loads(before["counterfactual"])
    assert set(compared["figures"]["by_principle"]) == {TITLE, "Quick Numbers"}
    assert set(compared["figures"]["by_context"]) == {"", MOMENT}
    # The words lie in the rows of the graph and the audit, and nowhere else.
    assert len(list(everything_written(files))) > 10
    assert [path for path, text in everything_written(files) if MARK.encode() in text] == []
    assert rows_with(MARK, "models", "shared") == []

    withdrawn.send(sender=Study, study=world.study, participant_id=world.person)

    after = shown(admin, world)
    assert [what for what, text in after.items() if MARK in text.lower()] == []
    assert [what for what, text in after.items() if GONE not in text] == []
    figures = json.loads(after["checkpoint"])["held_out"]
    assert set(figures["by_principle"]) == {GONE, "Quick Numbers"}
    assert any(name.startswith("A withdrawn context") for name in figures["by_context"])
    assert rows_with(MARK, "models", "shared", "discretion", "moralgraph") == []
    for data_set in DataSet.objects.all():
        frozen_sets.verify(data_set=data_set)

    # Whoever withdraws next is another row, not the same.
    others = CardVersion.objects.exclude(card__participant_id=world.person)
    for participant in others.values_list("card__participant_id", flat=True):
        withdrawn.send(sender=Study, study=world.study, participant_id=participant)
    figures = json.loads(shown(admin, world)["checkpoint"])["held_out"]
    assert set(figures["by_principle"]) == {GONE, f"{GONE} (2)"}
