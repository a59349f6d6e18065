"""Freeze preference examples into a data set."""

import hashlib
import os
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from apps.models.domain import composition, splits
from apps.models.domain.data_files import SIDES, hash_of, hash_of_sides
from apps.models.domain.examples import PreferenceExample
from apps.models.models import DataSet, Lineage
from apps.shared.errors import Conflict, Invalid
from apps.shared.models import Study


@transaction.atomic
def freeze(
    *,
    study: Study,
    name: str,
    examples: Sequence[PreferenceExample],
    rule: dict[str, Any],
    created_by: AbstractBaseUser | None,
    apart: Sequence[PreferenceExample] | None = None,
    people: Iterable[UUID] = (),
    held_out: float = 0.25,
    seed: int = 0,
    limit: int | None = None,
    left_out: Mapping[str, int] | None = None,
) -> DataSet:
    """Write the examples to files, split by key, and return the data set that stands for them.

    ``apart`` are the same examples with the targets that others make: held out are those, and none of
    ``examples``. ``people`` are participants whom the targets lean on as a whole. ``left_out`` counts, by
    reason, what the maker of the examples left out already; what is left out here is added. Raises
    Invalid where nothing is left to train on, or a parameter is out of range.
    """
    _check(held_out=held_out, limit=limit)
    everything = [*examples, *_only_in(apart or (), examples)]
    kept, reasons = _choose(study=study, examples=everything, seed=seed, limit=limit)
    split = splits.split_by_key(kept, held_out=held_out, seed=seed)
    if apart is not None:
        split = splits.heard_apart(split, train=examples, held_out=apart)
        reasons[composition.OTHER_SIDE] += len(kept) - len(split.train) - len(split.held_out)
    if not split.train:
        raise Invalid("There is nothing to train on: no pair with a preference is left.")
    sides = {"train": split.train, "held_out": split.held_out}
    texts = {side: _as_text(rows) for side, rows in sides.items()}
    data_set = DataSet.objects.create(
        study=study,
        name=name[:150],
        rule=rule,
        held_out_share=held_out,
        seed=seed,
        train_count=len(split.train),
        held_out_count=len(split.held_out),
        left_out=dict(+(Counter(left_out or {}) + reasons)),
        composition={side: composition.compose(rows).to_dict() for side, rows in sides.items()},
        hash=_hash(texts),
        created_by_id=created_by.pk if created_by else None,
    )
    _note_lineage(data_set=data_set, examples=[*split.train, *split.held_out], people=people)
    _write(folder=data_set.folder, texts=texts)
    return data_set


def verify(*, data_set: DataSet) -> None:
    """Check that the files are those that were frozen. Raises Conflict."""
    try:
        found = hash_of(data_set.folder)
    except OSError as error:
        raise Conflict("The data set's files cannot be read: make the data set again.") from error
    if found != data_set.hash:
        raise Conflict("The data set's files were changed after it was frozen: make the data set again.")


def _check(*, held_out: float, limit: int | None) -> None:
    if not 0.0 <= held_out <= 0.9:
        raise Invalid("The held-out share must lie between 0 and 0.9.", fields={"held_out": ["0 to 0.9."]})
    if limit is not None and limit < 1:
        raise Invalid("The limit must be at least 1.", fields={"limit": ["At least 1."]})


def _choose(
    *, study: Study, examples: Sequence[PreferenceExample], seed: int, limit: int | None
) -> tuple[list[PreferenceExample], Counter[str]]:
    why = composition.unusable(examples, simulated_allowed=study.include_simulated)
    reasons = Counter(why.values())
    kept = [example for place, example in enumerate(examples) if place not in why]
    if limit is not None and len(kept) > limit:
        reasons[composition.OVER_LIMIT] += len(kept) - limit
        kept = splits.sample(kept, limit=limit, seed=seed)
    return kept, reasons


def _only_in(
    these: Iterable[PreferenceExample], others: Iterable[PreferenceExample]
) -> list[PreferenceExample]:
    known = {example.id for example in others}
    return [example for example in these if example.id not in known]


def _as_text(examples: Iterable[PreferenceExample]) -> str:
    return "".join(example.to_json() + "\n" for example in examples)


def _hash(texts: Mapping[str, str]) -> str:
    return hash_of_sides(hashlib.sha256(texts[side].encode()).hexdigest() for side in SIDES)


def _note_lineage(
    *, data_set: DataSet, examples: Iterable[PreferenceExample], people: Iterable[UUID]
) -> None:
    found = {(Lineage.Kind.PARTICIPANT.value, str(person)) for person in people}
    for example in examples:
        found.update(_references(example.source))
    Lineage.objects.bulk_create(
        Lineage(data_set=data_set, kind=kind, reference=reference) for kind, reference in sorted(found)
    )


def _references(source: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what an example leans on, by kind."""
    for kind in (Lineage.Kind.SNAPSHOT, Lineage.Kind.COMPARISON):
        if source.get(kind.value):
            yield kind.value, str(source[kind.value])
    for kind, named in ((Lineage.Kind.PARTICIPANT, "participants"), (Lineage.Kind.VALUE, "values")):
        for reference in source.get(named) or ():
            yield kind.value, str(reference)


def _write(*, folder: Path, texts: Mapping[str, str]) -> None:
    """Write both files in a folder that appears at once, whole; on failure nothing stays behind."""
    making = folder.with_name(f".{folder.name}.part")
    try:
        making.mkdir(parents=True)
        for side, text in texts.items():
            with (making / f"{side}.jsonl").open("w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
        making.rename(folder)
    except OSError:
        shutil.rmtree(making, ignore_errors=True)
        raise
