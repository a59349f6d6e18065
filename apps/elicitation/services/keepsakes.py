"""Everything that is held of one person, for that person to keep."""

from typing import Any

from django.utils.translation import gettext as _

from apps.elicitation import selectors
from apps.elicitation.models import (
    About,
    Consent,
    Interview,
    Offer,
    Participant,
    Passage,
    StepTime,
    Survey,
    WiseChoice,
)
from apps.moralgraph import selectors as moralgraph
from apps.shared import selectors as shared


def gather(*, participant: Participant) -> dict[str, Any]:
    """Return what is held of a participant as plain JSON; what they never gave is left out."""
    person, study = participant, participant.study
    found: dict[str, Any] = {
        "read_me": _(
            "This is everything that this study holds of you, in plain text that any editor opens: what you "
            "agreed to, wrote and chose, when, what your card became, and what researchers noted and read. "
            "Times are in UTC. What was never asked or answered is left out."
        ),
        "study": {"title": _title(person), "address": study.slug},
        "protocol": person.version and {"version": person.version.number, "hash": person.version.hash},
        "language": person.language,
        "question": person.question,
        "short_code": person.short_code,
        "came_from": _prolific(person),
        "consent": _consent(person),
        "about": getattr(About.objects.filter(participant=person).first(), "answers", None),
        "interview": _interview(person),
        "card": moralgraph.card_history(participant_id=person.pk),
        "card_belongs_to": _belonging(person),
        "kind_of_moment": _moment(person),
        "your_own_story": moralgraph.told.of_participant(participant_id=person.pk),
        "votes": _votes(person),
        "stories_shown": _stories(person),
        "wise_to_consider": _wise(person),
        "survey": getattr(Survey.objects.filter(participant=person).first(), "answers", None),
        "steps": [
            {"step": visit.step, "from": visit.entered_at, "to": visit.left_at}
            for visit in StepTime.objects.filter(participant=person)
        ],
        "left_by": person.exit,
        "researchers_noted": _notes(person),
        "researchers_read": [
            {"what": entry.action, "at": entry.at}
            for entry in shared.audit_entries(study=study).filter(subject=str(person.pk))
        ],
    }
    return {name: held for name, held in found.items() if held}


def _title(person: Participant) -> str:
    return selectors.protocol_for(participant=person).title or person.study.title


def _prolific(person: Participant) -> dict[str, str]:
    ids = {
        "prolific_pid": person.prolific_pid,
        "study_id": person.prolific_study,
        "session_id": person.prolific_session,
    }
    return {name: value for name, value in ids.items() if value}


def _consent(person: Participant) -> dict[str, Any] | None:
    consent = Consent.objects.select_related("version").filter(participant=person).first()
    if consent is None:
        return None
    return {
        "version": consent.version.number,
        "text": consent.version.text,
        "research": consent.research,
        "quotes": consent.quotes,
        "training": consent.training,
        "at": consent.at,
        "receipt_code": consent.receipt_code,
    }


def _interview(person: Participant) -> dict[str, Any] | None:
    interview = Interview.objects.filter(participant=person).first()
    if interview is None:
        return None
    return {
        "interviewer": interview.interviewer,
        "draft": interview.draft,
        "turns": [
            {
                "speaker": turn.speaker,
                "text": turn.text,
                "at": turn.at,
                **({"made_by": turn.engine} if turn.engine else {}),
                **({"typed": turn.trace} if turn.trace else {}),
            }
            for turn in interview.turns.all()
        ],
    }


def _belonging(person: Participant) -> dict[str, Any] | None:
    found = moralgraph.belonging_of(participant_id=person.pk)
    if found is None:
        return None
    return {
        "value": found.value.title,
        "put_there_by": "you" if found.own else "the study",
        "because": found.reason,
        "at": found.at,
        "you_objected": [
            {
                "to": objection.belonging.value.title,
                "reason": objection.reason,
                "at": objection.at,
                "answered": [
                    {"decision": answer.decision, "because": answer.reason, "at": answer.at}
                    for answer in objection.answers.all()
                ],
            }
            for objection in found.objections
        ],
    }


def _moment(person: Participant) -> str:
    card = moralgraph.card_of(participant_id=person.pk)
    return moralgraph.context_desk.proposal_of(card_id=card.id) if card else ""


def _stories(person: Participant) -> list[dict[str, Any]]:
    """Return the stories that were shown, with the answer that stands."""
    rows = Offer.objects.filter(participant=person, shown_at__isnull=False)
    shown = [(row.transition_id, row.context_id, row.story_id) for row in rows]
    told = {
        (story.transition_id, story.context_id, story.story_id): story.story_text
        for story in moralgraph.offers(study=person.study, shown=shown)
    }
    return [
        {"story": told.get(key, ""), "shown_at": row.shown_at, "answer": row.answer}
        for row, key in zip(rows, shown, strict=True)
    ]


def _notes(person: Participant) -> list[dict[str, Any]]:
    notes = Passage.objects.filter(turn__interview__participant=person).select_related("turn", "code")
    return [
        {
            "passage": note.turn.text[note.start : note.end],
            "code": note.code.name if note.code else None,
            "memo": note.memo,
            "at": note.at,
        }
        for note in notes
    ]


def _votes(person: Participant) -> list[dict[str, Any]]:
    votes = moralgraph.votes_of(study=person.study, participant_id=person.pk)
    return [
        {
            "before": vote.transition.less_wise.title,
            "after": vote.transition.wiser.title,
            "context": vote.context.name,
            "answer": vote.answer,
            "reason": vote.reason,
            "at": vote.cast_at,
        }
        for vote in votes.select_related("transition__less_wise", "transition__wiser", "context")
    ]


def _wise(person: Participant) -> list[dict[str, Any]]:
    values = moralgraph.values(study=person.study, rehearsal=person.pilot)
    titles = {value.id: value.title for value in values}
    return [
        {"value": titles.get(choice.value_id, ""), "chosen": choice.chosen}
        for choice in WiseChoice.objects.filter(participant=person)
    ]
