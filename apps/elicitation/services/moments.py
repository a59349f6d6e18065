"""In what kind of moment a person's story was: proposed by a model where the person did not say it."""

import logging
from typing import Any

from apps.elicitation import selectors
from apps.elicitation.domain import chat
from apps.elicitation.domain import moments as reading
from apps.elicitation.models import Interview, Participant
from apps.elicitation.services import asking
from apps.models.engine.base import EngineError
from apps.models.selectors.language_models import ModelInUse
from apps.moralgraph import selectors as moralgraph
from apps.moralgraph.domain.cards import ValuesCard
from apps.moralgraph.services import context_proposals
from apps.shared.errors import Conflict
from apps.shared.models import Job
from apps.shared.services import jobs

logger = logging.getLogger(__name__)
TASK = "elicitation.propose_moment"
MOST_TOKENS = 120
MOST_SECONDS = 60.0
SEED = 1


def ask(*, participant: Participant, card_id: int) -> Job | None:
    """Have the model that interviewed a person propose it; None where none did, or the person said it."""
    interview = Interview.objects.filter(participant=participant).first()
    if interview is None or interview.interviewer != Interview.Interviewer.LLM:
        return None
    named = asking.of_study(study=participant.study)
    if named is None or moralgraph.context_desk.proposal_of(card_id=card_id):
        return None
    config = {"participant": str(participant.pk)}
    return jobs.enqueue(study=participant.study, task=TASK, subject=f"card/{card_id}", config=config)


def propose(*, job: Job) -> None:
    """Ask the model and keep what it proposes for a researcher.

    Raises Conflict where the model does not answer, or where its answer cannot be read: that is no proposal.
    """
    participant = Participant.objects.filter(
        pk=job.config["participant"], withdrawn_at__isnull=True
    ).first()  # fmt: skip
    card = moralgraph.card_of(participant_id=participant.pk) if participant else None
    if participant is None or card is None:
        return
    turns = selectors.transcript(interview=selectors.interview_of(participant=participant))
    messages = chat.moment_messages(
        turns=turns, card=ValuesCard(card.title, card.summary, card.policies), language=participant.language
    )
    model = asking.of_study(study=job.study)
    try:
        answer, made = asking.ask(
            messages=messages, most_tokens=MOST_TOKENS, seconds=MOST_SECONDS, seed=SEED, model=model
        )
    except EngineError as error:
        logger.warning("A model proposed no kind of moment: %s", type(error).__name__)
        raise Conflict("The language model did not answer.") from error
    try:
        name = reading.read_moment(text=answer, turns=turns)
    except reading.MomentUnreadable as error:
        raise Conflict(f"What the language model answered could not be read: {error}") from error
    if name:
        context_proposals.propose(
            card=card.id, name=name, language=participant.language, engine=_made(made, model)
        )


def _made(made: dict[str, Any], model: ModelInUse | None) -> dict[str, Any]:
    return {
        "prompt": chat.MOMENT_VERSION, "model": model.name if model else "", "temperature": 0.0, "seed": SEED,
        "max_tokens": MOST_TOKENS, **made,
    }  # fmt: skip
