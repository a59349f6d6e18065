"""The first turn of an interview: who asks, and about which question."""

from apps.elicitation import selectors
from apps.elicitation.domain import guided
from apps.elicitation.domain.interview import Phase
from apps.elicitation.domain.tongues import tongue_of
from apps.elicitation.domain.transcript import Speaker
from apps.elicitation.models import Interview, Participant, Turn
from apps.elicitation.services import asking


def begin(*, participant: Participant) -> None:
    """Begin a participant's interview; beginning twice changes nothing."""
    if Interview.objects.filter(participant=participant).exists():
        return
    protocol = selectors.protocol_for(participant=participant)
    named = asking.of_study(study=participant.study)
    with_model = named is not None and protocol.whole.interviewer != "guided"
    interview = Interview.objects.create(
        participant=participant,
        interviewer=Interview.Interviewer.LLM if with_model else Interview.Interviewer.GUIDED,
        phase=Phase.LISTENING,
    )
    _ask(interview=interview, position=0)


def begin_again(*, interview: Interview) -> None:
    """Begin an interview anew, with all its questions; what was said before is kept, and left alone."""
    last = interview.turns.order_by("-position").values_list("position", flat=True).first()
    position = 0 if last is None else last + 1
    begun = int(interview.state.get("begun", 1))
    interview.state = {"began_at": position, "begun": begun + 1}
    interview.phase, interview.ended_at, interview.draft = Phase.LISTENING, None, ""
    interview.save(update_fields=["state", "phase", "ended_at", "draft"])
    _ask(interview=interview, position=position)


def _ask(*, interview: Interview, position: int) -> None:
    protocol = selectors.protocol_for(participant=interview.participant)
    language = interview.participant.language
    with_model = interview.interviewer == Interview.Interviewer.LLM
    opening = guided.begin(question=protocol.question, language=language)
    opening_ai = tongue_of(language).wording.OPENING_AI
    Turn.objects.create(
        interview=interview,
        position=position,
        speaker=Speaker.INTERVIEWER,
        text=opening_ai.format(question=protocol.question) if with_model else opening.text,
        move=opening.move,
        engine={"interviewer": interview.interviewer, "version": guided.VERSION},
    )
