"""The rows behind the numbers: votes, stories, and what was said of one pair of values in each context."""

from collections import Counter, defaultdict
from dataclasses import dataclass, replace

import numpy as np
from django.db.models import Count, Q, QuerySet

from apps.moralgraph.domain.answers import Answer
from apps.moralgraph.domain.edges import Counts
from apps.moralgraph.models import Snapshot, Story, Vote
from apps.moralgraph.selectors.offers import left_out, live_votes, standing_votes
from apps.moralgraph.selectors.snapshots import own
from apps.moralgraph.selectors.standing import LeftOut, Standing, as_they_count, standing, touching
from apps.moralgraph.selectors.values import value
from apps.moralgraph.selectors.views import ValueView
from apps.moralgraph.selectors.whose import ANYBODYS, Whose, of_whom
from apps.shared.models import Study

AT_ONCE = 100


@dataclass(frozen=True)
class VoteRows:
    """Some votes, newest first, how many there are in all, and from which number on the next ones come.

    ``not_about`` of them say "not about this": rankings do not count those. ``withdrawn`` are beside them:
    a snapshot counts them, and they are not shown.
    """

    votes: tuple[Vote, ...]
    total: int
    not_about: int
    before: int | None
    withdrawn: int = 0


@dataclass(frozen=True)
class StoryRow:
    """A story that people judged, with how many did."""

    id: int
    less_wise: int
    wiser: int
    context_id: int
    text: str
    origin: str
    votes: int


@dataclass(frozen=True)
class StepCounts:
    """The answers to one direction of a pair in one context: there, one answer is one person."""

    context_id: int
    less_wise: int
    wiser: int
    counts: Counts

    @property
    def n(self) -> int:
        """Return the answers about the pair."""
        return self.counts.n


@dataclass(frozen=True)
class PairDetail:
    """Two values with what was asked about them and what was answered, and the values they stand for."""

    values: tuple[ValueView, ...]
    stands_for: tuple[int, ...]
    steps: tuple[StepCounts, ...]
    stories: tuple[StoryRow, ...]


@dataclass(frozen=True)
class Which:
    """Which votes: of a value or a pair, on steps towards one of them, of one story, file or answer.

    ``left_out`` names a reason for which standing votes do not count; then those are meant, else votes that
    count.
    """

    value: int | None = None
    other: int | None = None
    toward: int | None = None
    story: int | None = None
    imported: int | None = None
    answer: str = ""
    left_out: str = ""

    def on(self, now: Standing) -> Q:
        """Return which votes are on these steps, as far as values stand for others ``now``."""
        asked = _about(now, self.value, self.other)
        if self.toward is not None:
            asked &= Q(transition__wiser_id__in=now.values_as(self.toward))
        given = {"story_id": self.story, "imported_id": self.imported, "answer": self.answer or None}
        return asked & Q(**{name: key for name, key in given.items() if key is not None})


ALL = Which()
LEFT_OUT = tuple(LeftOut.__dataclass_fields__)


def vote_rows(
    *,
    study: Study,
    context: int | None = None,
    which: Which = ALL,
    whose: Whose = ANYBODYS,
    snapshot: int | None = None,
    before: int | None = None,
) -> VoteRows:
    """Return the votes that count, of everything or of one value or pair, as filters say.

    With a snapshot they are the votes that it holds, without those withdrawn since. Raises Missing for an
    unknown snapshot, Invalid for a trait that nobody told of, and where too few people are left to show.
    """
    if snapshot is not None:
        return _page_of_snapshot(own(study, snapshot), context, which, before)
    now = standing(study=study)
    if which.left_out:
        out = left_out(study=study, now=now, context=context)
        rows = standing_votes(study=study, context=context).filter(pk__in=getattr(out, which.left_out))
    else:
        rows = live_votes(study=study, context=context)
    on_these_steps = rows.filter(replace(which, answer="").on(now))
    theirs = of_whom(study=study, votes=on_these_steps, whose=whose)
    return _page(theirs.filter(answer=which.answer) if which.answer else theirs, before, now)


def pair(*, study: Study, one: int, other: int) -> PairDetail:
    """Return two values with their stories and the answers by direction and context. Raises Missing."""
    values = (value(study=study, value_id=one), value(study=study, value_id=other))
    now = standing(study=study)
    ends = _about(now, one, other)
    cast = live_votes(study=study).filter(ends).order_by()
    counted = cast.values_list("context_id", "transition__less_wise_id", "transition__wiser_id", "answer")
    answers: dict[tuple[int, int, int], Counter[str]] = defaultdict(Counter)
    for context, low, high, answer, times in counted.annotate(times=Count("pk")):
        answers[now.context(context), now.value(low), now.value(high)][answer] += times
    judged = cast.exclude(story=None).values_list("story_id").annotate(times=Count("pk"))
    told: Counter[int] = Counter(dict(judged))
    taken = Story.objects.filter(ends, transition__study=study, state=Story.State.TAKEN)
    stories = taken.select_related("transition")
    return PairDetail(
        values=values,
        stands_for=tuple(sorted((now.values_as(one) | now.values_as(other)) - {one, other})),
        steps=tuple(
            StepCounts(*key, counts=Counts(**{name.value: found[name.value] for name in Answer}))
            for key, found in sorted(answers.items())
        ),
        # A neutral story is made when it is first shown, to a simulated person too: it counts once judged.
        stories=tuple(
            _story(row, told[row.pk], now)
            for row in stories.order_by("pk")
            if told[row.pk] or row.origin != Story.Origin.TEMPLATE
        ),
    )


def _about(now: Standing, value: int | None, other: int | None) -> Q:
    """Return which steps have these values at their ends, in either direction."""
    asked = Q()
    for end in (value, other):
        if end is not None:
            asked &= touching(values=now.values_as(end))
    return asked


def _page_of_snapshot(row: Snapshot, context: int | None, which: Which, before: int | None) -> VoteRows:
    """Return votes of a snapshot, sifted here: a database takes only so many numbers one by one."""
    held, then = np.array(row.ids["votes"], dtype=np.int64), Standing.from_json(row.ids.get("stands_for", {}))
    if not len(held):
        return VoteRows((), 0, 0, None)
    within = Q(pk__range=(int(held.min()), int(held.max())), study=row.study_id)
    here = Q() if context is None else Q(context_id__in=then.contexts_as(context))
    rows = Vote.objects.filter(within & here & which.on(then)).order_by("-pk")
    known = set(held.tolist())
    kept = [item for item in rows.values_list("pk", "answer", "withdrawn_at") if item[0] in known]
    found = [(pk, said) for pk, said, gone in kept if gone is None]
    later = [pk for pk, _ in found if before is None or pk < before]
    shown = Vote.objects.filter(pk__in=later[:AT_ONCE]).select_related("transition").order_by("-pk")
    return VoteRows(
        tuple(as_they_count(shown, then)),
        len(found),
        sum(said == Answer.NOT_ABOUT.value for _, said in found),
        later[AT_ONCE - 1] if len(later) > AT_ONCE else None,
        withdrawn=len(kept) - len(found),
    )


def _page(rows: QuerySet[Vote], before: int | None, now: Standing) -> VoteRows:
    told = rows.aggregate(total=Count("pk"), not_about=Count("pk", filter=Q(answer=Answer.NOT_ABOUT.value)))
    later = Q() if before is None else Q(pk__lt=before)
    found = list(rows.filter(later).select_related("transition").order_by("-pk")[: AT_ONCE + 1])
    shown = tuple(as_they_count(found[:AT_ONCE], now))
    return VoteRows(shown, **told, before=shown[-1].pk if len(found) > AT_ONCE else None)


def _story(row: Story, votes: int, now: Standing) -> StoryRow:
    return StoryRow(
        id=row.pk,
        less_wise=now.value(row.transition.less_wise_id),
        wiser=now.value(row.transition.wiser_id),
        context_id=now.context(row.context_id),
        text=row.text,
        origin=row.origin,
        votes=votes,
    )
