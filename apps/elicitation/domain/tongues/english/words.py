"""Word lists and small rules of English for the guided interviewer, which reads without a model."""

import re

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+")

STOPWORDS = frozenset(
    """
        a about above after again against all also although always am an and any anyone
        anything are as at be because been before being below between both but by can can't
        could couldn't did didn't do does doesn't doing don't down during each else even
        ever every everyone everything few for from further get gets got had hadn't has
        hasn't have haven't having he he'd he'll he's her here hers herself him himself his
        how i i'd i'll i'm i've if in into is isn't it it's its itself just let like made
        make makes many maybe me might mine more most much must my myself no nobody none nor
        not nothing now of off on once one only or other others our ours ourselves out over
        own perhaps quite rather really same she she'd she'll she's should so some somebody
        someone something still such than that that's the their theirs them themselves then
        there there's these they they'd they'll they're thing things this those though
        through to too under until up upon us very was wasn't we we'd we'll we're we've were
        weren't what what's when where whether which while who whom whose why will with
        within without won't would wouldn't yet you you'd you'll you're you've your yours
        yourself
    """.split()
)

FRAMES = frozenset(
    """
    moments signs chances questions details changes reasons things pay attention
""".split()
)
SMALL = frozenset(
    """
    the and of to that i my was were is it he she they her his with for what when how not did
    because you we at on an be have had do don't didn't who which if their them so but this
""".split()
)

PRONOUN_SUBJECTS = frozenset(
    """
        i he she they we it you there nobody somebody someone everybody everyone anyone
        people
    """.split()
)
OBJECT_PRONOUNS = frozenset(
    """
    him her them me us you it that this these those myself himself herself
""".split()
)
POSSESSIVES = frozenset(["my", "his", "her", "their", "our", "your", "its"])
DETERMINERS = (
    frozenset(
        """
        the a an this that these those some any every each all both no another
    """.split()
    )
    | POSSESSIVES
)
WH_WORDS = frozenset(["how", "whether", "what", "why", "where", "who", "when", "if", "that"])

VERBS_OF_CLAUSES = frozenset(
    """
        is are was were am be been had has have did does do could would can will should
        might must isn't wasn't weren't aren't didn't doesn't don't couldn't can't wouldn't
        hadn't hasn't haven't needed needs need wanted wants want kept keeps keep seemed
        seems seem felt feels feel looked looks look went goes go said says say started
        starts came comes come got gets get became becomes thought thinks knew knows know
        took takes gave gives told tells stopped began asked asks tried tries talked spoke
        sat stood held left made makes meant means lost let lets cried laughed fell turned
        matters mattered listens listened understood understands realised realized saw sees
        heard hears found finds stayed stays answered paused hesitated smiled walked trusts
        trusted deserves deserved loves loved hates hated likes liked really actually always
        never just already still only
    """.split()
)
BOUNDARIES = (
    frozenset(
        """
            of in on at to when whenever that who which whose with without between from
            for about before after behind under over while as and or but where how than
            into around during until because so if through near next beside across
            toward towards against inside outside by like though although more rather
        """.split()
    )
    | VERBS_OF_CLAUSES
)

PEOPLE = {
    "she": frozenset(
        """
            mother mum mom sister daughter wife girlfriend aunt grandmother grandma
            granny niece woman girl lady stepmother midwife queen
        """.split()
    ),
    "he": frozenset(
        """
            father dad brother son husband boyfriend uncle grandfather grandpa nephew
            man boy guy stepfather gentleman
        """.split()
    ),
    "they": frozenset(
        """
            friend neighbour neighbor colleague coworker boss manager teacher student
            child kid kids children parents patient client customer partner cousin
            doctor nurse stranger person roommate flatmate mentor coach apprentice team
            teammate mate owner captain classmate ex carer customer pensioner
            grandchild teenager intern mentee classmate student pupil baby couple people
        """.split()
    ),
}
FIGURES = frozenset().union(*PEOPLE.values())

MANNERS = frozenset(
    """
        face voice tone eyes hands body breathing breath posture mood expression smile
        shoulders gaze energy pace rhythm language hand mouth walk laugh handwriting temper
    """.split()
)
MASS = frozenset(
    """
        silence quiet tension doubt joy calm peace laughter fear hesitation relief anger
        sadness warmth trust closeness grief worry loneliness pain pride shame stillness
        patience kindness honesty respect fairness curiosity care love courage gratitude
        confidence uncertainty pressure freedom effort comfort shock safety ease dignity
    """.split()
)
IRREGULAR_PLURALS = {
    "child": "children", "person": "people", "man": "men", "woman": "women", "foot": "feet", "tooth": "teeth",
    "life": "lives", "self": "selves", "wife": "wives", "half": "halves", "leaf": "leaves",
}  # fmt: skip
NOT_PLURAL = frozenset(
    """
        this his its us is was has does always perhaps yes plus less business focus thus
        news loss class
    """.split()
)


def words(text: str) -> list[str]:
    """Return the words of a text, lower case, with plain apostrophes."""
    return [word.replace("’", "'").lower() for word in WORD.findall(text)]


def content_words(text: str) -> list[str]:
    """Return the words that carry meaning: all but pronouns, auxiliaries and other small words."""
    return [word for word in words(text) if word not in STOPWORDS and len(word) > 1]


def is_plural(noun: str) -> bool:
    """Guess whether a noun is plural from its ending."""
    noun = noun.lower()
    if noun in IRREGULAR_PLURALS.values():
        return True
    return (
        len(noun) > 3
        and noun.endswith("s")
        and not noun.endswith(("ss", "us", "is", "'s"))
        and noun not in NOT_PLURAL
    )


def to_plural(noun: str) -> str:
    """Return a noun's plural by the common rules."""
    lower = noun.lower()
    if lower in IRREGULAR_PLURALS:
        return IRREGULAR_PLURALS[lower]
    if lower.endswith(("s", "x", "z", "ch", "sh")):
        return noun + "es"
    if lower.endswith("y") and lower[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + "s"


def to_gerund(verb: str) -> str:
    """Return the -ing form of a plain verb by the common rules."""
    lower = verb.lower()
    if lower.endswith("ie"):
        return verb[:-2] + "ying"
    if lower.endswith("e") and not lower.endswith(("ee", "oe", "ye")) and lower != "be":
        return verb[:-1] + "ing"
    if re.fullmatch(r"[^aeiou]*[aeiou][bdgmnprt]", lower):
        return verb + verb[-1] + "ing"
    return verb + "ing"


def sentences(text: str) -> list[str]:
    """Return a text's sentences, each word for word as it stands there."""
    pieces = re.split(r"(?<=[.!?…])[\"”’')]*\s+|\n+", text.strip())
    return [part.strip() for piece in pieces for part in _parted(piece) if words(part)]


_RUNS_ON = re.compile(r"\s+and (?=(?:i|he|she|they|we|wait|listen|look|watch|ask|notice)\b)")


def _parted(piece: str) -> list[str]:
    """Part what was typed on a phone, without capitals and full stops, where a new sentence begins."""
    typed = piece == piece.lower() and not piece.rstrip().endswith((".", "!", "?", "…"))
    return _RUNS_ON.split(piece) if typed and len(piece.split()) > 12 else [piece]


def stem(word: str) -> str:
    """Return what forms of one word have in common, by its ending."""
    word = word.removesuffix("'s")
    for ending in ("ting", "ing", "ies", "es", "s", "ed", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word


SMALL_IN_TITLES = frozenset(
    """
    a an the and or but of in on at to for with from by as than
""".split()
)


def to_title(phrase: str) -> str:
    """Return a phrase in title case, its small words left small."""
    listed = phrase.strip(" .,;:!?\"'“”").split()
    shown = [
        word if word.lower() in SMALL_IN_TITLES and position else word[:1].upper() + word[1:]
        for position, word in enumerate(listed)
    ]
    return " ".join(shown)
