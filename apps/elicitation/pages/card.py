"""The card editor: one form, every button of which works without JavaScript."""

import re
from typing import Any

from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from apps.elicitation import selectors
from apps.elicitation.domain.steps import Step
from apps.elicitation.models import Participant
from apps.elicitation.pages import frame
from apps.elicitation.services import cards, interviews
from apps.moralgraph import selectors as moralgraph
from apps.moralgraph.domain.cards import (
    MOST_POLICIES,
    QUALIFIER_LENGTH,
    SUMMARY_LENGTH,
    TITLE_LENGTH,
    Policy,
    ValuesCard,
)
from apps.shared.errors import TouchstoneError

_ROW = re.compile(r"policy-(\d{1,3})-attended")
_MOVE = re.compile(r"(delete|up|down)-(\d{1,3})")
_AWAY = re.compile(r"away-(\d{1,2}-[0-9a-f]{16})")
_BACK = re.compile(r"back-(\d{1,18})")
LONGEST = {"moment": 120, "title": TITLE_LENGTH, "summary": SUMMARY_LENGTH, "line": QUALIFIER_LENGTH}
EMPTY = {"attended": "", "qualifier": "", "quote": "", "turn": None}


@require_http_methods(["GET", "HEAD", "POST"])
@frame.session_page(at=Step.CARD)
def card(request: HttpRequest, participant: Participant, token: str) -> HttpResponseBase:
    """Show the card as it stands, or do what a button of its form says."""
    if request.method != "POST":
        return _show(request, participant, token, lines=_stored(participant))
    action, lines = request.POST.get("action", "save"), read_lines(request.POST)
    if match := _AWAY.fullmatch(action):
        cards.put_hint_away(participant=participant, hint=match[1])
        return _show(request, participant, token, lines=lines, typed=request.POST)
    if action == "add" or _MOVE.fullmatch(action):
        return _show(
            request, participant, token, lines=change_lines(lines, action=action), typed=request.POST
        )
    try:
        return _do(participant, token, action=action, form=request.POST, lines=lines)
    except TouchstoneError as error:
        return _show(request, participant, token, lines=lines, typed=request.POST, error=error)


def _do(
    participant: Participant, token: str, *, action: str, form: QueryDict, lines: list[dict[str, Any]]
) -> HttpResponseBase:
    """Do what was pressed; what was typed is saved first. A line left empty is no line."""
    if action == "start_over":
        cards.start_over(participant=participant)
        return redirect("elicitation:interview", token)
    written = [line for line in lines if line["attended"] or line["qualifier"]]
    cards.save(
        participant=participant,
        title=form.get("title", "").strip(),
        summary=form.get("summary", "").strip(),
        policies=written,
    )
    if "moment" in form:
        cards.say_moment(participant=participant, name=form.get("moment", ""))
    if action == "accept":
        cards.accept(participant=participant)
        return redirect("elicitation:resume", token)
    if action == "talk":
        interviews.talk_on(participant=participant)
        return redirect("elicitation:interview", token)
    if action in {"take", "leave"}:
        cards.answer_proposal(participant=participant, take=action == "take")
    elif match := _BACK.fullmatch(action):
        cards.bring_back(participant=participant, wording=int(match[1]))
    return redirect("elicitation:card", token)


def read_lines(form: QueryDict) -> list[dict[str, Any]]:
    """Return the lines of a sent form in the order in which they stand there."""
    numbers = [match[1] for name in form if (match := _ROW.fullmatch(name))]
    lines = []
    for number in sorted(numbers, key=int)[: MOST_POLICIES + 1]:
        turn = form.get(f"policy-{number}-turn", "")
        lines.append(
            {
                "attended": " ".join(form.get(f"policy-{number}-attended", "").split()),
                "qualifier": " ".join(form.get(f"policy-{number}-qualifier", "").split()),
                "quote": form.get(f"policy-{number}-quote", ""),
                "turn": int(turn) if turn.isdecimal() and len(turn) < 6 else None,
            }
        )
    return lines


def change_lines(lines: list[dict[str, Any]], *, action: str) -> list[dict[str, Any]]:
    """Return the lines after one was added, deleted or moved."""
    changed = list(lines)
    if action == "add":
        return [*changed, dict(EMPTY)] if len(changed) < MOST_POLICIES else changed
    match = _MOVE.fullmatch(action)
    if not match or int(match[2]) >= len(changed):
        return changed
    at = int(match[2])
    line = changed.pop(at)
    if match[1] == "delete":
        return changed
    to = max(at - 1, 0) if match[1] == "up" else at + 1
    return [*changed[:to], line, *changed[to:]]


def _stored(participant: Participant) -> list[dict[str, Any]]:
    found = moralgraph.card_of(participant_id=participant.pk)
    return [policy.to_json() for policy in found.policies] if found else []


def _show(
    request: HttpRequest,
    participant: Participant,
    token: str,
    *,
    lines: list[dict[str, Any]],
    typed: QueryDict | None = None,
    error: TouchstoneError | None = None,
) -> HttpResponseBase:
    found = moralgraph.card_of(participant_id=participant.pk)
    title = typed.get("title", "") if typed else (found.title if found else "")
    summary = typed.get("summary", "") if typed else (found.summary if found else "")
    hints = _hints(participant, title=title, summary=summary, lines=lines) if found else {}
    nth = _answers(participant)
    more = {(line.quote, line.turn): line.more for line in found.policies} if found else {}
    rows = [
        {
            **line,
            "n": n,
            "place": str(n),
            "hints": hints.get(f"policies.{n}", []),
            "quotes": [
                {"text": quote, "answer": nth.get(turn)}
                for quote, turn in [(line["quote"], line["turn"])]
                + [(other.quote, other.turn) for other in more.get((line["quote"], line["turn"]), ())]
                if quote
            ],
        }
        for n, line in enumerate(lines)
    ]
    proposal, versions = _beside(participant, found, nth)
    shown = frame.context(
        participant, token, card=found, error=error, field_errors=error.fields if error else {},
        title=title, summary=summary,
        rows=rows, last=len(rows) - 1, full=len(rows) >= MOST_POLICIES, proposal=proposal, versions=versions,
        unsaved=typed is not None and error is None and not _stands(found, title, summary, lines),
        hints=hints,
        longest=LONGEST,
        moment=_moment(found, typed),
        saved=found is not None and found.by == "person" and typed is None,
    )  # fmt: skip
    return render(request, "elicitation/card.html", shown, status=error.status if error else 200)


def _moment(found: moralgraph.CardView | None, typed: QueryDict | None) -> str:
    """Return what stands in the field for the kind of moment."""
    if typed is not None and "moment" in typed:
        return str(typed["moment"])
    return moralgraph.context_desk.proposal_of(card_id=found.id) if found else ""


def _answers(participant: Participant) -> dict[int | None, int]:
    """Return which answer of the person each of their turns is, counted from 1."""
    said = selectors.transcript(interview=selectors.interview_of(participant=participant))
    mine = [turn.position for turn in said if turn.speaker == "person"]
    return {position: n for n, position in enumerate(mine, start=1)}


def _beside(
    participant: Participant, found: moralgraph.CardView | None, nth: dict[int | None, int]
) -> tuple[dict[str, Any] | None, list[moralgraph.Wording]]:
    """Return the redraft that waits for an answer, its new lines marked, and the earlier wordings."""
    earlier = moralgraph.wordings_of(participant_id=participant.pk)
    stands = next((item for item in earlier if not item.put_away), None)
    offered = moralgraph.proposal_to(participant_id=participant.pk)
    if offered is None or found is None:
        return None, [item for item in earlier if item is not stands]
    mine = {policy.text for policy in found.policies}
    lines = [
        {"policy": policy, "new": policy.text not in mine, "answer": nth.get(policy.turn)}
        for policy in offered.policies
    ]
    proposal = {"title": offered.title, "summary": offered.summary, "lines": lines}
    return proposal, [item for item in earlier if item is not stands]


def _stands(found: moralgraph.CardView | None, title: str, summary: str, lines: list[dict[str, Any]]) -> bool:
    """Say whether what a form shows is what is saved."""
    words = [(line["attended"], line["qualifier"]) for line in lines]
    saved = [(policy.attended, policy.qualifier) for policy in found.policies] if found else []
    return found is not None and (title, summary, words) == (found.title, found.summary, saved)


def _hints(
    participant: Participant, *, title: str, summary: str, lines: list[dict[str, Any]]
) -> dict[str, list[dict[str, str]]]:
    """Return the hints on the wording as it is shown, by place, in the page's language."""
    policies = tuple(Policy(line["attended"], line["qualifier"]) for line in lines)
    found = cards.hints_on(participant=participant, wording=ValuesCard(title, summary, policies))
    return {
        where: [{"text": gettext(hint.message), "key": hint.key} for hint in hints]
        for where, hints in found.items()
    }
