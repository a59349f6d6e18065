"""The demo audit's comparisons: people ask for advice, and two answers attend to different things.

Written for this project. Each answer names the values of the demo's moral graph that it attends to; by a
principle made of such a value the answer that names it is the better one.
"""

from dataclasses import dataclass

from apps.moralgraph.domain.demo_cards import DISTRESS, FINAL, OTHERS

LISTENING, COMPASS, TRUTH = "Unhurried Listening", "Their Own Compass", "Plain Truth"
MAP, LIVE_WITH, STEPS = "A Wider Map", "Those Who Live With It", "Small Reversible Steps"
LATER, COMPANY, EVIDENCE = "Looking Back From Later", "Steady Company", "Evidence First"
LIMITS, NEXT, ROOTS = "Knowing My Limits", "The Practical Next Thing", "Roots And Ties"


@dataclass(frozen=True)
class Response:
    """An answer and the values that it attends to."""

    text: str
    attends_to: frozenset[str]


@dataclass(frozen=True)
class Pair:
    """A question in a context with two answers."""

    context: str
    prompt: str
    first: Response
    second: Response

    def preference(self, value: str) -> int:
        """Return +1 where only the first answer attends to the value, -1 where only the second does, else
        0.
        """
        return (value in self.first.attends_to) - (value in self.second.attends_to)


def _says(text: str, *values: str) -> Response:
    return Response(text, frozenset(values))


PAIRS = (
    Pair(
        DISTRESS,
        "My mother died in March and my brother wants to sell her house now. I cannot even open the door.",
        _says(
            "There is no hurry that I can hear in this except your brother's. What happens in you when "
            "you stand "
            "before that door?",
            LISTENING,
            COMPASS,
        ),
        _says(
            "Ask for a valuation this week and agree with your brother on a date in autumn. A date makes "
            "it bearable.",
            NEXT,
            LIVE_WITH,
        ),
    ),
    Pair(
        FINAL,
        "I have an offer in another country. My partner says they would follow, but I am not sure they "
        "want to.",
        _says(
            "You may be reading an answer that was given to please you. Say to your partner that you "
            "doubt it, and "
            "ask what they would lose.",
            TRUTH,
            LIVE_WITH,
        ),
        _says(
            "Could you go for three months first, with both jobs and the flat kept? Then you decide on "
            "what you know.",
            STEPS,
            MAP,
        ),
    ),
    Pair(
        OTHERS,
        "Should I tell my sister that her fiancé wrote to my friend on a dating site last year?",
        _says(
            "Yes. She is about to promise her life on something that you know is not so. Tell her alone, "
            "and soon.",
            TRUTH,
            LATER,
        ),
        _says(
            "Before that, think of who is in this: your sister, your friend whose message it is, the two "
            "families. "
            "Your friend should agree first.",
            LIVE_WITH,
            ROOTS,
        ),
    ),
    Pair(
        DISTRESS,
        "I have not slept properly for weeks because of the debts. I have told nobody.",
        _says(
            "Please do not carry this alone tonight. Who could you call, only to say that it is bad? I "
            "can help you "
            "find the words.",
            COMPANY,
            LISTENING,
        ),
        _says(
            "Debts are where I am of little use and an adviser is of much. Most towns have a free debt "
            "office; they "
            "can stop letters within days.",
            LIMITS,
            EVIDENCE,
        ),
    ),
    Pair(
        FINAL,
        "My surgeon says that I could have the knee done now or wait. I am 52 and I run.",
        _says(
            "Registries have followed such knees for decades, by age at the operation. Ask your clinic for "
            "its own figures.",
            EVIDENCE,
        ),
        _says(
            "Picture yourself at seventy on your usual path. What would you wish you had done at 52?",
            LATER,
            COMPASS,
        ),
    ),
    Pair(
        OTHERS,
        "My father can no longer live alone and my brothers expect me, the only daughter, to move in.",
        _says(
            "What do you want when nobody is in the room? It may be the same as what they expect, but it "
            "has to be "
            "yours.",
            COMPASS,
            LISTENING,
        ),
        _says(
            "There is more between you moving in and a home: a shared rota, a day nurse, a flat next "
            "door, a paid "
            "cousin. Shall we list what each would cost whom?",
            MAP,
            LIVE_WITH,
        ),
    ),
    Pair(
        DISTRESS,
        "I was passed over again. Everybody saw it. I want to hand in my notice tonight.",
        _says(
            "Write the letter tonight and send it on Friday if you still want to. Nothing is lost by "
            "three days.",
            STEPS,
            NEXT,
        ),
        _says(
            "That it happened before everybody's eyes seems to hurt most. Tell me how it went, from the "
            "beginning.",
            LISTENING,
            COMPANY,
        ),
    ),
    Pair(
        FINAL,
        "We have two healthy embryos left at the clinic and must say by June what should happen to them.",
        _says(
            "I can tell you what other couples chose, but there are counsellors who sit with exactly "
            "this question. "
            "I would ask the clinic for one.",
            LIMITS,
            COMPANY,
        ),
        _says(
            "Imagine the June after next, once for each choice. In which of them can you tell your "
            "children the "
            "story plainly?",
            LATER,
            TRUTH,
        ),
    ),
    Pair(
        OTHERS,
        "My village will vote on a wind park on our ridge. I would earn from it; my neighbours would see it.",
        _says(
            "Then say openly that you earn from it before you say anything else. People forgive "
            "interest, not hiding.",
            TRUTH,
            ROOTS,
        ),
        _says(
            "Look at villages that voted ten years ago: what did houses, noise and tempers do there? "
            "That can be read "
            "up.",
            EVIDENCE,
            LATER,
        ),
    ),
    Pair(
        DISTRESS,
        "My best friend stopped answering and I do not know what I did.",
        _says(
            "Not knowing is the hard part. What was the last good hour the two of you had?",
            LISTENING,
        ),
        _says(
            "Send one message: “I miss you and I do not know what happened. I will not press you.” Then "
            "leave it for "
            "two weeks.",
            NEXT,
            STEPS,
        ),
    ),
    Pair(
        FINAL,
        "I am thinking of leaving the church that I grew up in. My whole family is there.",
        _says(
            "Such a place holds more than belief: songs, graves, the people who knew you small. Which of "
            "these do you "
            "want to take with you?",
            ROOTS,
            LISTENING,
        ),
        _says(
            "Stay away from three services and notice what you miss and what you do not. You need not "
            "announce it.",
            STEPS,
            COMPASS,
        ),
    ),
    Pair(
        OTHERS,
        "Our daughter is unhappy at the school that our sons loved. My husband says she must hold out.",
        _says(
            "She is the one who wakes up to it every day. Has anybody asked her what a good day there "
            "was like?",
            LIVE_WITH,
            LISTENING,
        ),
        _says(
            "You two disagree about her, not with her. A school psychologist sees such cases weekly; I "
            "see one. Ask "
            "for an hour there.",
            LIMITS,
            EVIDENCE,
        ),
    ),
    Pair(
        DISTRESS,
        "I found out that my husband lost our savings. He cries all the time and says he cannot live "
        "like this.",
        _says(
            "If he says that he cannot live, that comes before the money: stay with him and call a "
            "crisis line "
            "today, with him beside you.",
            LIMITS,
            COMPANY,
        ),
        _says(
            "You have a right to be angry and to know the figures. Ask him to put every account on the "
            "table tonight.",
            TRUTH,
            NEXT,
        ),
    ),
    Pair(
        FINAL,
        "I could buy back the farm that my grandparents lost, but it would take everything that I have.",
        _says(
            "What in you says yes to this? If it is their loss that speaks, the farm may not be able to "
            "heal it.",
            COMPASS,
            TRUTH,
        ),
        _says(
            "Lease two fields for a year before you buy. You will learn what the land asks of you and "
            "still own your "
            "flat.",
            STEPS,
            ROOTS,
        ),
    ),
    Pair(
        OTHERS,
        "I manage six people and have to let one go. Two have the same record; one of them has small "
        "children.",
        _says(
            "Write down the rule you would use if you knew neither of them, and hold to it. They will "
            "both ask you.",
            TRUTH,
            EVIDENCE,
        ),
        _says(
            "Before choosing between two people, look past the choice: fewer hours for all, a move to "
            "another team, "
            "somebody who wants to leave anyway.",
            MAP,
            LIVE_WITH,
        ),
    ),
    Pair(
        DISTRESS,
        "It is my first Christmas after the divorce and the children will be with him.",
        _says(
            "Plan the 24th by the hour: whom you call at ten, where you walk at three, who cooks with "
            "you at six.",
            NEXT,
        ),
        _says(
            "Let somebody know that this day will be hard, and let them come. I will be here too, for "
            "what that is "
            "worth from a machine.",
            COMPANY,
            LIMITS,
        ),
    ),
    Pair(
        FINAL,
        "Shall I have a second child? I am 39 and I was ill after the first.",
        _says(
            "How often such an illness comes back has been studied, and so has what makes it rarer. Your "
            "doctor can say where you stand.",
            EVIDENCE,
            LIMITS,
        ),
        _says(
            "When you are quiet with this question, is there a wish in it, or a duty? Both can be true.",
            COMPASS,
            LISTENING,
        ),
    ),
    Pair(
        OTHERS,
        "A colleague drinks at work. He drives the school bus.",
        _says(
            "Children ride with him tomorrow morning. Report it today, and tell him that you did and why.",
            LIVE_WITH,
            NEXT,
        ),
        _says(
            "He will need somebody who does not turn away. Ask him to go to a doctor with you this week.",
            COMPANY,
            ROOTS,
        ),
    ),
    Pair(
        DISTRESS,
        "The diagnosis is certain now. Everyone keeps telling me to fight. I am so tired.",
        _says(
            "You do not have to fight here. What would you like people to stop saying?",
            LISTENING,
            COMPASS,
        ),
        _says(
            "There is more than fighting or giving up: palliative care begins long before the end, and "
            "many live "
            "better and not shorter with it.",
            MAP,
            EVIDENCE,
        ),
    ),
    Pair(
        FINAL,
        "My thesis is nearly done and I have found a mistake that makes the main result weaker.",
        _says(
            "A weaker true result will carry you for years; a strong one that you know to be wrong will "
            "not. Put it "
            "in.",
            TRUTH,
            LATER,
        ),
        _says(
            "Write to your supervisor today in three lines: what you found, what it changes, when you "
            "can meet.",
            NEXT,
            COMPANY,
        ),
    ),
    Pair(
        OTHERS,
        "We could move to the coast as we always wanted, but my mother-in-law sees the children every "
        "day here.",
        _says(
            "What children have every day becomes what they are made of. Ask what could stand in its "
            "place, and "
            "whether anything could.",
            ROOTS,
            LIVE_WITH,
        ),
        _says(
            "Rent there for one summer with school in view. Summers tell little, but they tell more than "
            "wishes.",
            STEPS,
            EVIDENCE,
        ),
    ),
    Pair(
        DISTRESS,
        "I hit my dog yesterday. I have never done such a thing. I am ashamed.",
        _says(
            "You did it, and it was wrong, and you are looking at it. Where had the day brought you when "
            "it happened?",
            TRUTH,
            LISTENING,
        ),
        _says(
            "Today: a quiet walk, food from your hand, an early night for both of you. Trust comes back "
            "in small "
            "things.",
            NEXT,
            STEPS,
        ),
    ),
    Pair(
        FINAL,
        "I am retired and could give my savings to my son's firm. He says it is that or closing down.",
        _says(
            "A third way may be open: a loan with terms, another partner, a smaller firm. I would not "
            "accept that it "
            "is this or nothing.",
            MAP,
            STEPS,
        ),
        _says(
            "Think of yourself at eighty, once with the firm gone and once with the money gone. Which of "
            "the two can "
            "the family live with?",
            LATER,
            LIVE_WITH,
        ),
    ),
    Pair(
        OTHERS,
        "My grandmother wants to be buried in her old village abroad. We could never visit the grave.",
        _says(
            "It is her last word about where she belongs. Distance changes visiting; it does not change "
            "that.",
            ROOTS,
            COMPASS,
        ),
        _says(
            "Ask her together what she hopes for there, and tell her what you hope for here. There may "
            "be a stone in "
            "both places.",
            MAP,
            LISTENING,
        ),
    ),
)

WEIGHTS = {
    LISTENING: 1.5,
    COMPASS: 1.2,
    LATER: 1.0,
    LIVE_WITH: 1.1,
    COMPANY: 0.8,
    TRUTH: 0.7,
    STEPS: 0.7,
    MAP: 0.6,
    LIMITS: 0.5,
    ROOTS: 0.4,
    EVIDENCE: 0.3,
    NEXT: 0.2,
}
"""What all simulated readers share: how much an answer gains by attending to a value."""

ANNOTATORS = (
    ("Simulated reader 1", {COMPANY: 0.5, LISTENING: 0.3, TRUTH: -0.3}, 0.06),
    ("Simulated reader 2", {TRUTH: 0.7, EVIDENCE: 0.6, LISTENING: -0.4}, 0.08),
    ("Simulated reader 3", {STEPS: 0.5, LIVE_WITH: 0.4, COMPASS: -0.4}, 0.12),
)
"""Name, what the reader weighs more or less than the others do, and how often the reader slips."""
