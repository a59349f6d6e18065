"""From what somebody attended to, in their own words, to one attention policy.

The person's phrase ("how tired she was") keeps its words; only a head noun in capitals is put before it
where the phrase brings none of its own ("SIGNS of how tired she was").
"""

import re

from apps.elicitation.domain.tongues.base import Line
from apps.elicitation.domain.tongues.cutting import Cutting
from apps.elicitation.domain.tongues.english import words

LONGEST = 17
_CUT = re.compile(
    r"\s*(?:[;:]|\s[-–—]\s|,?\s+(?:because|but|although|even though|which|so that|so I|so we|and so"
    r"|and then|and I|and that)\b"
    r"|\sand (?:he|she|they|it|we)\b|,\s*(?:and|so|not|or|then|I|we|he|she|they|it|who|don't|do not)\b).*$",
    re.IGNORECASE,
)
_TRAIL = re.compile(
    r"[,\s]+(?:funnily enough|of course|altogether|tbh|mostly|mainly|really|i think|i guess|i suppose|too"
    r"|as well|at all|you know|and|or|the"
    r"|a|to|of|anyway|though|instead)"
    r"[\s.,!?]*$",
    re.IGNORECASE,
)
_ENDS_OPEN = re.compile(r"^(?:what|who|the people|the things|things|people)\b.*\b(?:of|to)$", re.IGNORECASE)
_BREAKS = frozenset(
    """
    and while as when before after with without until instead from like where who
""".split()
)
_COUNTED = frozenset(["moment", "sign", "chance", "change", "detail", "reason", "question"])
_AFTER_NOUN = frozenset(
    """
        of in on at behind between before after under over with without from around for
        about
    """.split()
)
_DIRECT_OBJECTS = {"him": "he", "her": "she", "them": "they", "me": "I", "us": "we"}


_CUTTING = Cutting(
    thought=_CUT,
    trail=_TRAIL,
    marks=' .,!?…"“”',
    breaks=_BREAKS,
    open_ends=words.BOUNDARIES - words.VERBS_OF_CLAUSES
    | words.DETERMINERS
    | frozenset("even just only also very not to is was were be".split()),
    plain=str.lower,
    keeps=_ENDS_OPEN,
)


def trim(phrase: str, *, longest: int = LONGEST) -> str:
    """Cut a phrase where its thought ends, and at a natural break where it is too long."""
    return _CUTTING.trim(turn(phrase), longest=longest)


_EACH_TIME = re.compile(
    r"^(?:and |but )?(?P<that>that )?(?P<time>each time|every time|whenever)\s+(?P<when>[^,]+),\s*"
    r"(?P<what>(?:he|she|they|it|nobody|everyone|the|my|his|her|their)\b.+)",
    re.IGNORECASE,
)


_BECAUSE_OF_IT = re.compile(
    r"^(?P<noun>(?:the|a|an|his|her|their) \w+)(?:, [\w ]{1,20},)?,? because "
    r"(?P<said>(?:she|he|they) (?:\w|')+(?: (?:\w|')+){0,3}) it[.,!]?$",
    re.IGNORECASE,
)


def turn(phrase: str) -> str:
    """Return a phrase with what was so in front, before what follows is cut away.

    "Each time X, Y" becomes "Y each time X", and "the cake, because she hadn't touched it" becomes "the cake
    that she hadn't touched".
    """
    if told := _BECAUSE_OF_IT.match(phrase.strip()):
        return f"{told['noun']} that {told['said']}"
    match = _EACH_TIME.match(phrase.strip())
    if not match:
        return phrase
    what = _CUT.sub("", match["what"]).strip(' .,!?…"“”')
    return f"{match['that'] or ''}{what} {match['time'].lower()} {match['when'].strip()}"


JUDGEMENT = re.compile(
    r"^(?:the|an?|my|his|her|their) .*\b(?:of|for|with|about|from|on|at) (?:is|was|are|were)\b", re.IGNORECASE
)
"""A judgement on a thing, "the advice that I was proud of was ...", is no phrase for what was attended to."""


def from_object(phrase: str, *, trigger: str = "") -> Line | None:
    """Return the policy for what was attended to.

    ``trigger`` is the person's "I saw", where there was one.
    """
    phrase = trim(phrase)
    listed = words.words(phrase)
    if not words.content_words(phrase) or (len(listed) == 1 and listed[0] in words.OBJECT_PRONOUNS):
        return None
    if JUDGEMENT.match(phrase):
        return None
    first = listed[0]
    if first in words.WH_WORDS and (line := _from_wh(phrase, listed)):
        return line
    if is_clause(listed):
        return Line("SIGNS", f"that {_lower_first(phrase)}", _title("Noticing", phrase), 2.0)
    if first == "to" and len(listed) > 1:
        return from_purpose(phrase.partition(" ")[2])
    if first in words.OBJECT_PRONOUNS and first not in words.DETERMINERS | {"that", "this"}:
        return _from_small_clause(phrase, listed, trigger)
    if first == "her" and len(listed) > 1 and listed[1] in words.BOUNDARIES:
        return None
    return _from_noun_phrase(phrase, listed, trigger)


def from_purpose(phrase: str) -> Line | None:
    """Return the policy for what somebody wanted to make room for: "let her finish"."""
    phrase = trim(phrase)
    listed = phrase.split()
    if (
        len(listed) < 2
        or listed[0].lower() in {"be", "not", "do", "have", "never"}
        or not words.content_words(phrase)
    ):
        return None
    title = _title(words.to_gerund(listed[0]), " ".join(listed[1:]))
    return Line("CHANCES", f"to {_lower_first(phrase)}", title, 2.4)


def from_wish(person: str, phrase: str) -> Line | None:
    """Return the policy for what somebody wanted another to be able to do."""
    phrase = trim(phrase)
    if not words.content_words(phrase):
        return None
    return Line("CHANCES", f"for {person} to {phrase}", _title("Room to", phrase), 2.3)


def from_moment(clause: str, *, strength: float = 2.2) -> Line | None:
    """Return the policy for a kind of moment: "my friend goes quiet"."""
    clause = trim(clause)
    if len(words.content_words(clause)) < 1 or len(clause.split()) < 2:
        return None
    return Line("MOMENTS", f"when {_lower_first(clause)}", _title("When", clause), strength)


def _from_wh(phrase: str, listed: list[str]) -> Line | None:
    first, rest = listed[0], phrase.partition(" ")[2] if len(listed) > 1 else ""
    if len(listed) < 3:
        return None
    low = _lower_first(phrase)
    if first == "when":
        return from_moment(rest, strength=2.8)
    if first == "if":
        return Line("SIGNS", f"of whether {rest}", _title("Whether", rest), 3.0)
    if first == "that":
        if listed[1] in words.DETERMINERS | words.PRONOUN_SUBJECTS or is_clause(listed[1:]):
            return Line("SIGNS", f"that {rest}", _title("Noticing", rest), 2.6)
        return None
    if first == "how":
        described = listed[1] not in words.PRONOUN_SUBJECTS | words.DETERMINERS and listed[1] != "to"
        return Line("SIGNS", f"{'of' if described else 'in'} {low}", _title("", phrase), 3.0)
    if first == "what":
        if listed[1] in words.VERBS_OF_CLAUSES:
            return Line("SIGNS", f"of {low}", _title("", phrase), 2.6)
        return Line("THINGS", rest, _title("", phrase), 3.0)
    if first == "why":
        return Line("REASONS", low, _title("", phrase), 3.0)
    return Line("SIGNS", f"of {low}", _title("", phrase), 3.0)


def is_clause(listed: list[str]) -> bool:
    """Guess whether words are a sentence of their own: subject, then verb."""
    if len(listed) < 3:
        return False
    if listed[0] in words.PRONOUN_SUBJECTS:
        return listed[0] != "people" or listed[1] in words.VERBS_OF_CLAUSES
    if listed[0] not in words.DETERMINERS:
        return False
    if listed[0] in words.POSSESSIVES and listed[2].endswith("ed"):
        return True  # "Her hands opened and closed."
    return any(
        listed[at] in words.VERBS_OF_CLAUSES
        and not set(listed[1:at])
        & ((words.BOUNDARIES - words.VERBS_OF_CLAUSES) | words.PRONOUN_SUBJECTS | words.DETERMINERS)
        for at in range(2, min(5, len(listed)))
    )


def _from_small_clause(phrase: str, listed: list[str], trigger: str) -> Line | None:
    """ "Him hesitating" is a moment when he was hesitating; "her relax" needs the person's own "I saw"."""
    if len(listed) < 2:
        return None
    if listed[1].endswith("ing") and listed[0] in _DIRECT_OBJECTS:
        verb = "were" if listed[0] in {"them", "us"} else "was"
        clause = f"{_DIRECT_OBJECTS[listed[0]]} {verb} {phrase.partition(' ')[2]}"
        return Line("MOMENTS", f"when {clause}", _title("", phrase.partition(" ")[2]), 2.6)
    if trigger and listed[0] in _DIRECT_OBJECTS and listed[1] not in words.BOUNDARIES:
        return Line("MOMENTS", f"when {trigger} {phrase}", _title("When", f"{trigger} {phrase}"), 1.8)
    return None


def _from_noun_phrase(phrase: str, listed: list[str], trigger: str) -> Line | None:
    tokens = phrase.split()
    plain = [words.words(token)[0] if words.words(token) else "" for token in tokens]
    determiner = plain[0] if plain[0] in words.DETERMINERS else ""
    start = 1 if determiner else 0
    if start and len(plain) > 1 and plain[0] == "all" and plain[1] in {"the", "my", "his", "her", "their"}:
        determiner, start = plain[1], 2
    end = start
    stops = words.BOUNDARIES | words.PRONOUN_SUBJECTS | words.DETERMINERS
    while end < len(tokens) and plain[end] not in stops and end - start < 4:
        end += 1
        if tokens[end - 1].endswith(","):
            break
    if end == start:
        return None
    noun, head = " ".join(tokens[start:end]).strip(" ,"), plain[end - 1]
    rest = _first_sentence(tokens[end:], plain[end:])
    if head.endswith("ing") and end - start >= 2 and determiner:
        return _from_gerund(tokens[:end], plain[:end], rest)
    return _name_noun(determiner=determiner, noun=noun, head=head, rest=rest)


def _first_sentence(tokens: list[str], plain: list[str]) -> str:
    """Return what follows a noun up to where, on a phone, a new sentence begins without a full stop."""
    for at in range(1, len(tokens) - 1):
        begins = plain[at] in {"i", "he", "she", "they", "we"} and plain[at + 1] in {
            "was",
            "were",
            "is",
            "am",
        }
        if begins and plain[at - 1] not in words.BOUNDARIES | words.WH_WORDS:
            return " ".join(tokens[:at])
    return " ".join(tokens)


def _from_gerund(tokens: list[str], plain: list[str], rest: str) -> Line:
    """ "My son struggling with it" is a moment when my son was struggling with it."""
    subject, verb = " ".join(tokens[:-1]), "were" if words.is_plural(plain[-2]) else "was"
    said = f"{tokens[-1]} {rest}".strip()
    return Line("MOMENTS", f"when {_lower_first(subject)} {verb} {said}", _title("", said), 2.6)


_CHANGING = re.compile(
    r"\b(?:chang|shift|turn(?:s|ed|ing)? |becom|became|got |gets |getting|grew|grow|dropp|rais|rose|rise"
    r"|fell|faded?|brighten|tighten|lit up|slow(?:s|ed|ing)|quicken|broke|went|goes)",
    re.IGNORECASE,
)
"""Somebody who looked at hands need not have seen them change: only words of change make it CHANGES."""
_EMPTY_NOUNS = frozenset("thing things one bit part lot kind time times day well something".split())


def _name_noun(*, determiner: str, noun: str, head: str, rest: str) -> Line | None:
    full = " ".join(part for part in [determiner, noun, rest] if part)
    if noun.lower() in {"way", "ways"} and rest:
        return Line("SIGNS", f"in the way {rest}", _title("The way", rest), 2.9)
    if noun.lower() in {"fact", "feeling", "sense"} and rest.lower().startswith("that "):
        return Line("SIGNS", rest, _title("Noticing", rest[5:]), 2.4)
    if head in _EMPTY_NOUNS:
        return None
    if head in words.MANNERS:
        kind = "CHANGES" if _CHANGING.search(full) else "SIGNS"
        return Line(kind, f"in {full}", _title("", f"{determiner} {noun}"), 2.6)
    if head in _COUNTED and rest:
        return Line(words.to_plural(head).upper(), rest, _title("", f"{words.to_plural(noun)} {rest}"), 3.0)
    if head in words.MASS or head.endswith("ness"):
        owned = determiner if determiner in words.POSSESSIVES else ""
        kind = f"{owned} {noun}".strip().lower()
        return Line("MOMENTS", f"of {kind} {rest}".strip(), _title("", f"{noun} {rest}"), 2.2)
    return _name_other_noun(determiner=determiner, noun=noun, head=head, rest=rest, full=full)


def _name_other_noun(*, determiner: str, noun: str, head: str, rest: str, full: str) -> Line | None:
    if words.is_plural(head) and determiner not in words.POSSESSIVES and rest:
        return Line(noun.upper(), rest, _title("", f"{noun} {rest}"), 3.2)
    if head in words.FIGURES:
        return Line("SIGNS", f"from {full}", _title("", f"{determiner} {noun}"), 1.2)
    if _can_be_many(determiner, rest):
        many = " ".join([*noun.split()[:-1], words.to_plural(noun.split()[-1])])
        return Line(many.upper(), rest, _title("", f"{many} {rest}"), 2.6)
    if words.is_plural(head) and determiner in words.POSSESSIVES:
        return Line("SIGNS", f"in {full}", _title("", f"{determiner} {noun} {rest}"), 2.4)
    if words.is_plural(head):
        return Line("DETAILS", f"of {full}", "", 1.6)
    if not determiner:
        return Line("QUESTIONS", f"of {full}", _title("", full), 0.6)
    return Line("DETAILS", f"of {full}", _title("", f"{determiner} {noun} {rest}") if rest else "", 1.5)


def _can_be_many(determiner: str, rest: str) -> bool:
    """Whether "the question behind the question" may become QUESTIONS behind the question."""
    if determiner in {"a", "an", "any", "every", "each"}:
        return bool(rest) and not re.match(r"(?:that|which|who) (?:is|was|has|does)", rest.lower())
    follows = words.words(rest)[:1]
    return determiner == "the" and bool(follows) and follows[0] in _AFTER_NOUN | words.PRONOUN_SUBJECTS


def _lower_first(phrase: str) -> str:
    if re.match(r"I\b", phrase):
        return phrase
    return phrase[:1].lower() + phrase[1:]


def _title(first: str, phrase: str) -> str:
    """Return a title of at most six words, cut only where a phrase can end; empty where it cannot."""
    listed = f"{first} {phrase}".strip(' .,!?"“”').split()
    if len(listed) > 6:
        ends = [
            at
            for at in range(3, 7)
            if listed[at].lower() in {"when", "while", "before", "after", "and", "whenever"}
        ]
        listed = listed[: ends[-1]] if ends else []
    return words.to_title(" ".join(listed)) if len(listed) > 1 else ""
