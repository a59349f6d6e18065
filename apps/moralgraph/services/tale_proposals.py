"""Stories that a language model proposes for values that few stories reach; a researcher decides."""

import logging
from typing import Any

from django.db import transaction

from apps.models.engine.base import EngineError
from apps.models.selectors import language_models
from apps.moralgraph import selectors
from apps.moralgraph.domain import linter
from apps.moralgraph.domain.cards import ValuesCard
from apps.moralgraph.domain.tales import asking
from apps.moralgraph.domain.tales.asking import Both
from apps.moralgraph.domain.tales.choosing import Wanted
from apps.moralgraph.models import Context, Story, Transition, Value
from apps.moralgraph.selectors.views import policies_of
from apps.moralgraph.services import answers
from apps.moralgraph.services.answers import Writer
from apps.shared.access import Person
from apps.shared.errors import Conflict
from apps.shared.models import Job, Study
from apps.shared.services import audit, jobs

logger = logging.getLogger(__name__)
TASK, TASK_WITH_WEIGHTS = "moralgraph.propose_stories", "moralgraph.propose_stories_with_weights"
"""The second has a queue in which one job at a time has the machine's accelerator."""
MOST_AT_ONCE = 10
"""So many pairs are sent at one time: a model costs money, and a researcher reads all of it."""
ROLE = "stories"
_LIVE = (Job.State.QUEUED, Job.State.RUNNING)


@transaction.atomic
def ask(*, study: Study, actor: Person) -> Job:
    """Have the model write for the values that the fewest told transitions reach; one job at a time.

    Raises Conflict where no model is set up, or no pair lacks stories.
    """
    if language_models.model_for(study=study, role=ROLE) is None:
        raise Conflict("No language model is set up, so stories are written by people alone.")
    Study.objects.select_for_update().get(pk=study.pk)
    running = Job.objects.filter(study=study, task__in=(TASK, TASK_WITH_WEIGHTS), state__in=_LIVE).first()
    if running is not None:
        return running
    if not selectors.told.wanted(study=study, most=1):
        raise Conflict("Every value is reached by enough stories, or a proposal waits for it.")
    config = {"by": actor.get_username()[:60]}
    task = TASK_WITH_WEIGHTS if answers.needs_weights(study=study, role=ROLE) else TASK
    job = jobs.enqueue(study=study, task=task, subject=selectors.told.ASKED, config=config)
    audit.record(study=study, actor=actor, action="story.asked_for", subject=f"job/{job.pk}")
    return job


def propose(*, job: Job) -> None:
    """Ask about each pair and keep both its stories as proposals.

    Raises Conflict where the model does not answer, or where no answer of it can be read.
    """
    pairs = selectors.told.wanted(study=job.study, most=MOST_AT_ONCE)
    faults: list[str] = []
    with answers.writing(study=job.study, role=ROLE) as writer:
        for done, pair in enumerate(pairs):
            if jobs.stop_requested(job=job):
                break
            jobs.report(job=job, progress=done / len(pairs), message=f"{done} of {len(pairs)} pairs written.")
            fault = _propose(job=job, pair=pair, writer=writer)
            faults += [fault] if fault else []
    if not faults:
        return
    said = f"{len(faults)} of {len(pairs)} answers could not be read: {'; '.join(sorted(set(faults)))}."
    if len(faults) == len(pairs):
        raise Conflict(said)
    jobs.finish(job=job, state=Job.State.SUCCEEDED, message=said)


def _propose(*, job: Job, pair: Wanted, writer: Writer) -> str:
    """Return why an answer cannot be read, empty where it can or nothing was asked."""
    ends = _ends(job.study, pair)
    context = Context.objects.filter(pk=pair.context, retired_at__isnull=True).first()
    if ends is None or context is None:
        return ""
    low, high = (_card(value) for value in ends)
    language = linter.language_of(low)
    try:
        answer, made = writer.ask(
            prompt=asking.VERSION,
            messages=asking.messages(a=low, b=high, moment=context.name, language=language),
            most_tokens=asking.MOST_TOKENS,
            longest=asking.LONGEST_ANSWER,
        )
    except EngineError as error:
        logger.warning("A model wrote no stories: %s", type(error).__name__)
        raise Conflict(f"The language model did not answer: {error}") from error
    titles = selectors.live_values(study=job.study).values_list("title", flat=True)
    try:
        both = asking.read_stories(answer, titles=titles)
    except asking.StoriesUnreadable as error:
        return str(error)
    _keep(job=job, ends=ends, context=context, both=both, made=made)
    return ""


@transaction.atomic
def _keep(*, job: Job, ends: tuple[Value, Value], context: Context, both: Both, made: dict[str, Any]) -> None:
    """Keep both stories, unless the words that they are about were withdrawn while the model wrote."""
    now = Value.objects.select_for_update().filter(pk__in=[end.pk for end in ends], erased_at__isnull=True)
    if {(row.pk, row.title) for row in now} != {(end.pk, end.title) for end in ends}:
        return
    low, high = ends
    for less_wise, wiser, text in ((low, high, both.a_to_b), (high, low, both.b_to_a)):
        step, _ = Transition.objects.get_or_create(study=job.study, less_wise=less_wise, wiser=wiser)
        Story.objects.create(
            transition=step, context=context, text=text, origin=Story.Origin.LLM,
            state=Story.State.PROPOSED, by=job.config["by"], engine=made,
        )  # fmt: skip


def _ends(study: Study, pair: Wanted) -> tuple[Value, Value] | None:
    found = selectors.live_values(study=study).in_bulk([pair.low, pair.high])
    return (found[pair.low], found[pair.high]) if len(found) == 2 else None


def _card(value: Value) -> ValuesCard:
    return ValuesCard(value.title, value.summary, policies_of(value.policies))
