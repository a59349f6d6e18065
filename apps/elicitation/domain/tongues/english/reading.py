"""Where in a person's sentences they say what they attended to."""

import re
from collections.abc import Iterator

from apps.elicitation.domain.tongues.base import Find, Line, read_by
from apps.elicitation.domain.tongues.english import policies, words

_ADVERBS = (
    r"(?:(?:'d|'ve|'m|am|was|were|had|have|would|could|can|always|also|really|just|first|mostly"
    r"|mainly|then|only|suddenly|"
    r"still|often|usually|sometimes|immediately|slowly|did|do|kept|keep|started to|began to|try to"
    r"|tried to|tend to|"
    r"had to|wanted to|want to|need to|needed to|learned to|remember|remembered|specifically"
    r"|particularly|especially|"
    r"even|never quite|quietly|carefully|actually|finally)\s+)*"
)
_PERCEIVE = (
    r"notic(?:e|ed|ing)|saw|see|seeing|watch(?:ed|ing)?|look(?:ed|ing)? (?:closely |carefully |hard "
    r")?(?:for|at|out for|into)|"
    r"listen(?:ed|ing)? (?:closely |carefully |hard )?(?:for|to|out for)|heard|hear|hearing|sens(?:e|ed)|"
    r"(?:pay|paid|paying) (?:more |close |most |closer |careful )?attention to|focus(?:ed|ing)? "
    r"(?:\w+ )?on|attend(?:ed|ing)? to|"
    r"(?:keep|kept) an eye on|aware of|picked up on|pick up on|concentrat(?:e|ed|ing) on"
    r"|spot(?:ted)?|observ(?:e|ed)|"
    r"understand|understood|figure out|find out|found out|make out|tell|wonder(?:ed|ing)?|"
    r"realis(?:e|ed)|realiz(?:e|ed)|car(?:e|ed) (?:\w+ )?about|recognis(?:e|ed)|recogniz(?:e|ed)"
    r"|look(?:ed)? out for|"
    r"check(?:ed)? (?:for|on)|check(?:ed)?|f[eo]lt|feel|thought about|think about|thinking about"
    r"|value|valued|follow(?:ed)?"
)
_I = r"\b(?:I|we)(?:'d|'ve|'m)?\s+" + _ADVERBS
_SEEN = re.compile(rf"(?P<trigger>{_I}(?P<verb>{_PERCEIVE}))\s+(?P<object>.+)", re.IGNORECASE)
_ASKED = re.compile(
    rf"{_I}ask(?:ed)?\s+(?:(?:him|her|them|myself|you|everyone|people|(?:my|the|his|her)\s\w+)\s+)?"
    r"(?P<object>(?:what|how|whether|if|why|where|who|when)\b.+|about\s.+)",
    re.IGNORECASE,
)
_WISH = re.compile(
    rf"{_I}(?:want(?:ed)?|need(?:ed)?|hop(?:e|ed)|lik(?:e|ed)|allow(?:ed)?|help(?:ed)?"
    r"|encourag(?:e|ed)) (?:for )?"
    r"(?P<person>him|her|them|people|everyone|(?:my|the|his|her|their|a)\s\w+)\s+to\s+(?P<object>.+)",
    re.IGNORECASE,
)
_AIM = re.compile(
    r"\b(?:I|we)(?:'d)?\s+(?:(?:just|really|only|mostly|also|always|would|then)\s+)*"
    r"(?:want(?:ed)?|tr(?:y|ied)|need(?:ed)?|decided|made sure|took the time|take the time|chose"
    r"|remember(?:ed)?|like|love)"
    r"\s+to\s+(?P<object>.+)",
    re.IGNORECASE,
)
_MATTERED = re.compile(
    r"(?:what|the (?:main |most important |only |first )?thing(?: that)?|all "
    r"that)\s+(?:I\s+(?:remember|noticed|looked for|cared about)|"
    r"(?:(?:really|actually|most)\s+)*(?:mattered|matters|counted|counts|struck|stood out|helped"
    r"|helps|touched|caught))"
    r"[\w\s]{0,20}?\s(?:is|was|were)\s+(?P<object>.+)",
    re.IGNORECASE,
)
_IMPORTANT = re.compile(
    r"\b(?:it|that)(?:'s| is| was)?\s+(?:(?:really|very|so|most)\s+)*(?:important|matters?|mattered"
    r"|helped|helps)\s+"
    r"(?:(?:most|a lot)\s+)?(?:(?:to|for) me\s+)?(?P<object>(?:that|when|how|whether|to|if)\b.+)",
    re.IGNORECASE,
)
_MATTERS_AFTER = re.compile(
    r"^(?:and |but |so |also |i think |i guess )*(?P<object>(?:the|her|his|their|my|how|what|whether"
    r"|a|an)\s.+?)\s+"
    r"(?:(?:really|most|always|also)\s+)*(?:mattered|matters|struck me|stood out|touched me|caught "
    r"my|told me|stayed with me|"
    r"matter|(?:is|are|was|were) (?:\w+ )?(?:important|telling|key))\b",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"\b(?:when|whenever|every time|each time|the moment|as soon as)\s+(?P<object>.+)", re.IGNORECASE
)
_WAITED = re.compile(r"\b(?:wait(?:ed)?|stay(?:ed)?)\s+(?P<object>(?:until|for)\s.+)", re.IGNORECASE)
_NEGATED = re.compile(
    r"\b(?:(?:did|do|could|was|would|were|is|am|should|have|had)(?: not|n't)|never|not|cannot|can't)\s+"
    r"(?:(?:really|just|even|always|only|much)\s+)*(?:\w+ing|\w+ed|saw|heard|felt|notice|see|look|listen"
    r"|hear|want|care"
    r"|pay|try|ask|feel|think|know|remember|tell|understand|let|give|to)\b",
    re.IGNORECASE,
)
_ONE_OFF = re.compile(
    r"\b(?:born|died|years? old|last (?:year|week|month|summer|winter|spring|time)|i was (?:\d+|a|in"
    r"|at|about|still|young|little)|"
    r"\d+ years|years ago|we were (?:kids|young|in|at)|i (?:turned|moved)|"
    r"(?:it|that|this) (?:happened|happens|comes|came)|"
    r"yesterday|two years|a few years)\b",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^(?:(?:mostly|mainly|just|only|honestly|probably|maybe|well|oh|um|and|also|so|yes|yeah|no|ok"
    r"|okay|hmm|like|first|second|then|"
    r"again|i think|i guess|i suppose|i would say|i'd say|to be honest|really|perhaps|at first|it "
    r"was|it's|that was|above all|"
    r"mainly to|mostly to|sometimes|especially)[,\s]+)+",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"^(?:(?:and|then|so|just|always|first|also|please|really|try to|you should|i would say|i'd say)[,\s]+)*"
    r"(?P<verb>notice|watch|look (?:closely |carefully )?(?:for|at|out for)|listen (?:closely "
    r"|carefully )?(?:for|to|out for)|"
    r"pay (?:close )?attention to|focus on|keep an eye on|check (?:for|on|whether|if)|see|feel|find "
    r"out|remember)\s+(?P<object>.+)",
    re.IGNORECASE,
)
_TOLD_TO_ASK = re.compile(
    r"(?:^|,\s*(?:and\s+)?|\band\s+)ask\s+(?:(?:him|her|them|yourself|people|the person)\s+)?"
    r"(?P<object>(?:what|how|whether|if|why|where|who|when|about)\b.+)",
    re.IGNORECASE,
)
_TOLD_TO_ACT = re.compile(
    (
        r"^(?:(?:and|then|so|just|always|first|also)[,\s]+)*(?P<object>(?:give|let|wait|stay|take|leave"
        r"|make|hold|sit|be with|help|show)\s.+)"
    ),
    re.IGNORECASE,
)
_OVERLOOK = re.compile(
    r"\b(?:overlook(?:s|ed)?|miss(?:es|ed)?|not (?:notice|see|hear)|would(?:n't| not) have (?:noticed"
    r"|seen|heard)|(?:don't|doesn't|wouldn't|won't"
    r"|didn't) (?:notice|see|hear))\s+"
    r"(?P<object>(?:the|how|what|when|whether|that|his|her|their|a|an)\s.+)",
    re.IGNORECASE,
)
_SO_THAT = re.compile(
    (
        r"^(?:so|so that|because then|that)\s+(?P<object>(?:he|she|they|people|everyone|nobody|we|my \w+"
        r"|the \w+)\s.+)"
    ),
    re.IGNORECASE,
)
_OTHERS = re.compile(
    (
        r"^(?:some|somebody|someone|others|other people|another person|most people|people|many|everyone"
        r"|everybody|a stranger)\b"
    ),
    re.IGNORECASE,
)
_LIST = re.compile(
    r"(?:,\s*and\s+|,\s*or\s+|,\s*|\s+and\s+(?:also\s+)?)"
    r"(?=(?:how|whether|what|when|that|where|why|the|his|her|their|my|our|a|an|if|who)\b)",
    re.IGNORECASE,
)


_NAMES_ATTENTION = re.compile(r"^(?:whether|how)\b", re.IGNORECASE)
"""What begins so and is no question names what was attended to, whatever was asked."""


def read_sentence(sentence: str, *, direct: bool) -> Iterator[Find]:
    """Yield what a sentence says about attention.

    ``direct`` says that the sentence answers "what did you pay attention to?": then a bare phrase ("her
    hands, mostly") is what was attended to.
    """
    plain = sentence.replace("’", "'")
    if plain.rstrip().endswith("?"):
        return
    ways = [_from_told, _from_fragment, _from_triggers, _from_clause] if direct else [_from_triggers]
    if _NAMES_ATTENTION.match(plain):
        ways = [_from_fragment, *ways]
    yield from read_by(ways, text=plain, sentence=sentence, otherwise=_from_statement)


def _from_told(text: str) -> Iterator[tuple[Line, float]]:
    """Read advice ("watch their hands", "ask who else knows"), and what others would overlook."""
    if match := _OVERLOOK.search(text):
        yield from _each(match["object"], 1.5)
        return
    if asked := _TOLD_TO_ASK.search(text):
        yield from _questions(asked["object"])
        text = text[: asked.start()]
    if match := _TOLD.search(text):
        phrase = match["object"]
        word = match["verb"].split()[-1].lower()
        yield from _each(f"{word} {phrase}" if word in {"whether", "if"} else phrase, 2.0)
    elif (match := _TOLD_TO_ACT.search(text)) and (line := policies.from_purpose(match["object"])):
        yield line, 0.5
    elif (match := _SO_THAT.search(text)) and (line := policies.from_object("that " + match["object"])):
        yield line, 0.0


def _from_triggers(text: str) -> Iterator[tuple[Line, float]]:
    if _NEGATED.search(text):
        positive = _NEGATED.split(text)[0]
        if not re.search(
            r"\bbecause\b", positive, re.IGNORECASE
        ):  # What a reason denies was still attended to.
            text = positive if len(positive.split()) > 4 else ""
    for pattern, strength in [(_MATTERED, 3.0), (_IMPORTANT, 2.5), (_MATTERS_AFTER, 2.0)]:
        if match := pattern.search(text):
            yield from _each(match["object"], strength)
            return
    if match := _ASKED.search(text):
        yield from _questions(match["object"])
        return
    if match := _WISH.search(text):
        if line := policies.from_wish(match["person"], match["object"]):
            yield line, 1.0
        return
    if (match := _SEEN.search(text)) and not _is_mood(match):
        yield from _each(match["object"], _strength_of(match["verb"]), trigger=match["trigger"])
        return
    yield from _from_acts(text)


def _from_acts(text: str) -> Iterator[tuple[Line, float]]:
    if match := _AIM.search(text):
        if line := policies.from_purpose(match["object"]):
            yield line, 1.0
    elif match := _WAITED.search(text):
        yield Line("MOMENTS", f"to wait {policies.trim(match['object'])}", "", 2.2), 0.5
    elif (turned := policies.turn(text)) != text and not _ONE_OFF.search(text):
        if line := policies.from_object(f"that {turned}"):
            yield line, 0.5
    elif (match := _WHEN.search(text)) and not _ONE_OFF.search(text):
        clause = (
            re.split(r",|\s+I\s+(?=\w)", match["object"])[0] if "," in match["object"] else match["object"]
        )
        if line := policies.from_moment(clause):
            yield line, 0.5


def _is_mood(match: re.Match[str]) -> bool:
    """ "I felt sad" names a mood, not something attended to."""
    felt = match["verb"].lower() in {"felt", "feel", "fellt", "thought about"}
    first = words.words(match["object"])[:1]
    return (
        felt and bool(first) and first[0] not in words.DETERMINERS | words.PRONOUN_SUBJECTS | words.WH_WORDS
    )


def _strength_of(verb: str) -> float:
    weak = (
        "feel",
        "felt",
        "thought",
        "think",
        "tell",
        "understand",
        "understood",
        "check",
        "value",
        "follow",
        "hear",
        "found",
    )
    return 0.8 if verb.lower().startswith(weak) else 2.0


def _each(phrase: str, strength: float, *, trigger: str = "") -> Iterator[tuple[Line, float]]:
    """Yield one policy for each thing in a list ("her tone, the pauses, and whether she looked at me")."""
    phrase = policies.turn(phrase)
    whole = policies.trim(phrase, longest=40)
    parts = [whole] if re.search(r"\bbetween\b", phrase) else _LIST.split(phrase)
    parts = parts if len(parts) > 1 else [whole]
    for part in parts:
        if line := policies.from_object(_LEAD.sub("", part.strip()), trigger=trigger):
            yield line, strength
            trigger = ""


def _questions(phrase: str) -> Iterator[tuple[Line, float]]:
    text = policies.trim(phrase)
    if words.content_words(text):
        about = text if text.lower().startswith("about ") else f"about {text}"
        bare = re.sub(r"^about\s+", "", text, flags=re.IGNORECASE)
        title = words.to_title(f"Asking {bare}") if len(bare.split()) <= 5 else ""
        yield Line("QUESTIONS", about, title, 2.8), 1.0


def _from_fragment(text: str) -> Iterator[tuple[Line, float]]:
    """Read a bare answer such as "Mostly her hands, and whether she was looking at me"."""
    bare = _LEAD.sub("", text).strip()
    listed = words.words(bare)
    opens = words.DETERMINERS | words.WH_WORDS
    if (
        not listed
        or (listed[0] not in opens and len(listed) > 4)
        or policies.is_clause(listed)
        or _NEGATED.search(bare)
    ):
        return
    if listed[0] in words.BOUNDARIES - words.WH_WORDS | words.PRONOUN_SUBJECTS | {"yes", "no"}:
        return
    if listed[0] in {"when", "if", "that", "this"} and re.search(r",?\s+I\b", bare):
        return
    if not _MATTERS_AFTER.search(bare):
        yield from _each(bare, 2.0)


def _from_clause(text: str) -> Iterator[tuple[Line, float]]:
    """Read a plain sentence ("he was tense") as a sign, unless it is about what others do."""
    bare = _LEAD.sub("", text).strip()
    listed = words.words(bare)
    general = _OTHERS.match(bare) or (
        listed[:1] == ["the"] and len(listed) > 1 and words.is_plural(listed[1])
    )
    skip = {"i", "we", "it", "you", "that", "this", "there"}
    if re.search(r"\bwould(?:n't| not)?(?:'ve| have)\b|\bwouldve\b", bare):
        return  # What another would have done was not there to be noticed.
    if general or (listed[:1] and listed[0] in skip) or _NEGATED.search(bare) or _ONE_OFF.search(bare):
        return
    if policies.is_clause(listed) and (line := policies.from_object(bare)):
        yield line, 0.6


def _from_statement(text: str) -> Line | None:
    """Read a plain statement as a sign or a moment.

    The weakest reading, used where nothing better was said.
    """
    bare = policies.trim(_LEAD.sub("", text))
    listed = words.words(bare)
    if _NEGATED.search(bare) or len(words.content_words(bare)) < 2 or _ONE_OFF.search(bare):
        return None
    if listed[0] in {"i", "we"} and len(listed) > 3:
        return policies.from_moment(bare, strength=0.2)
    if _OTHERS.match(bare) or policies.JUDGEMENT.match(bare):
        return None
    if (
        listed[0] in words.PRONOUN_SUBJECTS | words.DETERMINERS
        and len(listed) > 3
        and listed[0] not in {"it", "that", "this"}
    ):
        return Line("SIGNS", f"that {bare[:1].lower() + bare[1:]}", "", 0.4)
    return None
