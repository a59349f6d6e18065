"""The interview's socket: a person types, drafts and reads along; leaving and coming back loses nothing."""

import uuid
from collections.abc import Awaitable, Callable
from typing import Any

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.urls import reverse

from apps.elicitation import selectors
from apps.elicitation.domain.interview import Phase, TurnState
from apps.elicitation.models import Participant
from apps.elicitation.services import frames, interviews
from apps.shared.errors import Invalid, TouchstoneError

NO_SUCH_SESSION = 4404
SESSION_ENDED = 4410


class InterviewConsumer(AsyncJsonWebsocketConsumer):
    """Answers one open page of one interview; the link's secret is the only way in."""

    participant: Participant | None = None
    group = ""

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
        # Join first, read second: a frame told in between is recognised by its offset.
        await self.channel_layer.group_add(self.group, self.channel_name)
        await self.send_json(await self._state())

    async def disconnect(self, code: int) -> None:
        """Leave the group."""
        if self.group:
            await self.channel_layer.group_discard(self.group, self.channel_name)

    async def receive_json(self, content: Any, **kwargs: Any) -> None:
        """Turn a message into one service call; say what is wrong where it cannot be done."""
        answers: dict[str, Callable[[dict[str, Any]], Awaitable[None]]] = {
            "say": self._say, "draft": self._draft, "rejoin": self._rejoin, "card_now": self._card_now,
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
        said = await database_sync_to_async(interviews.say)(
            participant=self._me, text=text, client_id=client_id
        )
        if said.again:
            await self.send_json({"type": "turn", "turn": interviews.show_turn(turn=said.turn)})

    async def _draft(self, content: dict[str, Any]) -> None:
        await database_sync_to_async(interviews.save_draft)(participant=self._me, text=_text(content))
        await self.send_json({"type": "saved"})

    async def _card_now(self, content: dict[str, Any]) -> None:
        await database_sync_to_async(interviews.ask_for_card)(participant=self._me)

    async def _rejoin(self, content: dict[str, Any]) -> None:
        position, offset = content.get("position"), content.get("offset")
        if not isinstance(position, int) or not isinstance(offset, int):
            raise Invalid("Say where you stand: a position and an offset.")
        state = await self._state()
        turn = next((turn for turn in state["turns"] if turn["position"] == position), None)
        if turn is None:
            raise Invalid("There is no turn at this position.")
        if turn["state"] == TurnState.COMPLETE:
            await self.send_json({"type": "done", "position": position, "text": turn["text"]})
            return
        frame = {"position": position, "attempt": turn["attempt"], "offset": offset}
        await self.send_json({"type": "frame", **frame, "text": turn["text"][max(offset, 0) :]})

    @property
    def _me(self) -> Participant:
        if self.participant is None:
            raise Invalid(selectors.NO_SESSION)
        return self.participant

    @database_sync_to_async
    def _find(self) -> tuple[Participant, int]:
        participant = selectors.participant_by_token(token=self.scope["url_route"]["kwargs"]["token"])
        if participant.withdrawn_at:
            raise Invalid("You withdrew from this study, so this interview is closed.")
        interviews.revive(participant=participant)
        return participant, selectors.interview_of(participant=participant).pk

    @database_sync_to_async
    def _state(self) -> dict[str, Any]:
        interview = selectors.interview_of(participant=self._me)
        view = selectors.view_interview(interview=interview)
        turns = [interviews.show_turn(turn=turn) for turn in view.turns]
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
        }
        return {**state, "card_url": self._card_url} if view.phase == Phase.CARD_READY else state

    @property
    def _card_url(self) -> str:
        return reverse("elicitation:card", args=[self.scope["url_route"]["kwargs"]["token"]])

    async def _send_error(self, error: TouchstoneError) -> None:
        await self.send_json({"type": "error", "code": error.code, "message": str(error)})

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
        """Pass on a finished reply, then where the interview stands now."""
        await self.send_json({"type": "done", "position": message["position"], "text": message["text"]})
        await self.send_json(await self._state())

    async def interview_notice(self, message: dict[str, Any]) -> None:
        """Pass on a notice."""
        await self.send_json({"type": "notice", "code": message["code"], "message": message["message"]})

    async def interview_card(self, message: dict[str, Any]) -> None:
        """Say that the card is there, and where."""
        await self.send_json({"type": "card_ready", "url": self._card_url})

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
    return text


def _uuid(raw: Any) -> uuid.UUID:
    try:
        return uuid.UUID(str(raw))
    except ValueError as error:
        raise Invalid(
            "Every message needs an id of its own, so that sending it twice says it once."
        ) from error
