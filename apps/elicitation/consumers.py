"""The interview's socket: a person types, drafts and reads along; leaving and coming back loses nothing."""

import asyncio
import uuid
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from django.urls import reverse
from django.utils import translation

from apps.elicitation import selectors
from apps.elicitation.domain.interview import Phase, TurnState
from apps.elicitation.models import Participant
from apps.elicitation.services import frames, interviews, retries, watch
from apps.shared.consumers import LiveConsumer, in_database
from apps.shared.errors import Invalid, TouchstoneError

NO_SUCH_SESSION = 4404
SESSION_ENDED = 4410
SEEN_SECONDS = 60
LOOK_AGAIN_SECONDS = 5.0
Answer = TypeVar("Answer")


class InterviewConsumer(LiveConsumer):
    """Answers one open page of one interview; the link's secret is the only way in."""

    participant: Participant | None = None
    group = card_url = ""
    tasks: tuple[asyncio.Task[None], ...] = ()
    awaits_reply = told_something = False

    async def connect(self) -> None:
        """Accept the owner of the link, and send everything as it stands."""
        await self.accept()
        try:
            self.participant, interview_id = await self._find()
        except TouchstoneError as error:
            await self._send_error(error)
            await self.close(code=NO_SUCH_SESSION)
            return
        self.group = frames.group_of(interview_id=interview_id)
        # Once: finding an address takes longer than telling it.
        self.card_url = reverse("elicitation:card", args=[self.scope["url_route"]["kwargs"]["token"]])
        # Join first, read second: a frame told in between is recognised by its offset.
        await self.channel_layer.group_add(self.group, self.channel_name)
        await self.send_json(await self._state())
        self.tasks = (asyncio.create_task(self._stay_seen()), asyncio.create_task(self._look_again()))

    async def _stay_seen(self) -> None:
        """Let the live room know, as long as the page is open."""
        while True:
            await asyncio.sleep(SEEN_SECONDS)
            await in_database(watch.see)(participant=self._me)

    async def _look_again(self) -> None:
        """Find the end of a reply that nothing told of: a worker's word is lost while the store is down."""
        while True:
            await asyncio.sleep(LOOK_AGAIN_SECONDS)
            told, self.told_something = self.told_something, False
            if self.awaits_reply and not told:
                state = await self._state()
                if state["phase"] != Phase.REPLYING:
                    await self.send_json(state)

    async def send_json(self, content: Any, close: bool = False) -> None:
        """Say something to the page, and note what it waits for."""
        self.told_something = True
        if content["type"] == "replying":
            self.awaits_reply = True
        elif "phase" in content:
            self.awaits_reply = content["phase"] == Phase.REPLYING
        await super().send_json(content, close=close)

    async def disconnect(self, code: int) -> None:
        """Leave the group."""
        for task in self.tasks:
            task.cancel()
        if self.group:
            await self.channel_layer.group_discard(self.group, self.channel_name)

    async def receive(
        self, text_data: str | None = None, bytes_data: bytes | None = None, **kwargs: Any
    ) -> None:
        """Take a line apart; one that is no message is answered like a message of no known kind."""
        try:
            content = await self.decode_json(text_data or "")
        except ValueError:
            content = None
        await self.receive_json(content)

    async def receive_json(self, content: Any, **kwargs: Any) -> None:
        """Turn a message into one service call; say what is wrong where it cannot be done."""
        answers: dict[str, Callable[[dict[str, Any]], Awaitable[None]]] = {
            "say": self._say, "draft": self._draft, "rejoin": self._rejoin, "card_now": self._card_now,
            "retry": self._retry,
        }  # fmt: skip
        kind = content.get("type") if isinstance(content, dict) else None
        answer = answers.get(kind) if isinstance(kind, str) else None
        try:
            if self.participant is None:
                raise Invalid(selectors.NO_SESSION)
            if answer is None:
                raise Invalid("This message is of no kind that is known here.")
            await answer(content)
        except TouchstoneError as error:
            await self._send_error(error)

    async def _say(self, content: dict[str, Any]) -> None:
        text, client_id = _text(content), _uuid(content.get("client_id"))
        said = await self._serve(interviews.say, text=text, client_id=client_id, trace=content.get("trace"))
        if said.again:
            await self.send_json({"type": "turn", "turn": interviews.show_turn(turn=said.turn)})

    async def _draft(self, content: dict[str, Any]) -> None:
        await self._serve(interviews.save_draft, text=_text(content))
        await self.send_json({"type": "saved"})

    async def _card_now(self, content: dict[str, Any]) -> None:
        await self._serve(interviews.ask_for_card)

    async def _retry(self, content: dict[str, Any]) -> None:
        await self._serve(retries.retry)

    async def _rejoin(self, content: dict[str, Any]) -> None:
        position, offset = content.get("position"), content.get("offset")
        if not isinstance(position, int) or not isinstance(offset, int):
            raise Invalid("Say where you stand: a position and an offset.")
        state = await self._state()
        turn = next((turn for turn in state["turns"] if turn["position"] == position), None)
        if turn is None:
            raise Invalid("There is no turn at this position.")
        if turn["state"] == TurnState.COMPLETE:
            await self.send_json(
                {"type": "done", **{name: turn[name] for name in ("position", "text", "by")}}
            )
            return
        frame = {"position": position, "attempt": turn["attempt"], "offset": offset}
        await self.send_json({"type": "frame", **frame, "text": turn["text"][max(offset, 0) :]})

    @in_database
    def _serve(self, service: Callable[..., Answer], **given: Any) -> Answer:
        """Call a service for the owner of the link; what it refuses is said in their language."""
        with translation.override(self._me.language):
            return service(participant=self._me, **given)

    @property
    def _me(self) -> Participant:
        if self.participant is None:
            raise Invalid(selectors.NO_SESSION)
        return self.participant

    @in_database
    def _find(self) -> tuple[Participant, int]:
        participant = selectors.participant_by_token(token=self.scope["url_route"]["kwargs"]["token"])
        if participant.withdrawn_at:
            raise Invalid("You withdrew from this study, so this interview is closed.")
        interviews.revive(participant=participant)
        watch.see(participant=participant)
        return participant, selectors.interview_of(participant=participant).pk

    @in_database
    def _state(self) -> dict[str, Any]:
        interview = selectors.interview_of(participant=self._me)
        view = selectors.view_interview(interview=interview)
        turns = [
            interviews.show_turn(turn=turn, by=selectors.author_of(turn=turn, interview=interview))
            for turn in view.turns
        ]
        for turn in turns:
            if turn["state"] != TurnState.COMPLETE:
                _bring_up_to_date(turn, interview_id=interview.pk)
        state = {
            "type": "state",
            "turns": turns,
            "draft": view.draft,
            "phase": view.phase,
            "budget": {"asked": view.budget.asked, "at_most": view.budget.at_most},
            "may_finish": view.may_finish,
            "interviewer": view.interviewer,
            "pause": view.pause.value,
            "slow": view.slow and not turns[-1]["text"],
        }
        return self._with_card(state)

    def _with_card(self, standing: dict[str, Any]) -> dict[str, Any]:
        """Return a standing with the card's address, once there is a card."""
        return {**standing, "card_url": self.card_url} if standing["phase"] == Phase.CARD_READY else standing

    async def _send_error(self, error: TouchstoneError) -> None:
        await self.send_json({"type": "error", "code": error.code, "message": str(error)})

    async def interview_several(self, message: dict[str, Any]) -> None:
        """Pass on several things in their order."""
        for one in message["messages"]:
            await getattr(self, one["type"].replace(".", "_"))(one)

    async def interview_turn(self, message: dict[str, Any]) -> None:
        """Pass on a whole turn."""
        await self.send_json({"type": "turn", "turn": message["turn"]})

    async def interview_replying(self, message: dict[str, Any]) -> None:
        """Pass on that a reply was asked for."""
        await self.send_json({"type": "replying", "position": message["position"]})

    async def interview_frame(self, message: dict[str, Any]) -> None:
        """Pass on a piece of a reply."""
        fields = {name: message[name] for name in ("position", "attempt", "offset", "text")}
        await self.send_json({"type": "frame", **fields})

    async def interview_done(self, message: dict[str, Any]) -> None:
        """Pass on a finished reply."""
        fields = {name: message[name] for name in ("position", "text", "by")}
        await self.send_json({"type": "done", **fields})

    async def interview_standing(self, message: dict[str, Any]) -> None:
        """Pass on where the interview stands after a reply."""
        await self.send_json({"type": "standing", **self._with_card(message["standing"])})

    async def interview_notice(self, message: dict[str, Any]) -> None:
        """Pass on a notice."""
        await self.send_json({"type": "notice", "code": message["code"], "message": message["message"]})

    async def interview_card(self, message: dict[str, Any]) -> None:
        """Say that the card is there, and where."""
        await self.send_json({"type": "card_ready", "url": self.card_url})

    async def interview_ended(self, message: dict[str, Any]) -> None:
        """Close after a withdrawal."""
        await self.close(code=SESSION_ENDED)


def _bring_up_to_date(turn: dict[str, Any], *, interview_id: int) -> None:
    """Put in what the store has of a reply on its way: it is ahead of the database by up to a second."""
    kept = frames.get(interview_id=interview_id, position=turn["position"])
    if kept and (kept[0], len(kept[1])) > (turn["attempt"], len(turn["text"])):
        turn["attempt"], turn["text"] = kept


def _text(content: dict[str, Any]) -> str:
    text = content.get("text")
    if not isinstance(text, str):
        raise Invalid("A message needs a text.")
    # Half an emoji (a browser may cut one) and a null fit into JSON, but into no database.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "")


def _uuid(raw: Any) -> uuid.UUID:
    try:
        return uuid.UUID(str(raw))
    except ValueError as error:
        raise Invalid(
            "Every message needs an id of its own, so that sending it twice says it once."
        ) from error
