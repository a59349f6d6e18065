"""Questions about what cannot be undone."""

from apps.discretion.domain.demo.pairs import (
    COMPANY,
    COMPASS,
    EVIDENCE,
    LATER,
    LIMITS,
    LISTENING,
    LIVE_WITH,
    MAP,
    NEXT,
    ROOTS,
    STEPS,
    TRUTH,
    Pair,
    says,
)
from apps.moralgraph.domain.demo_cards import FINAL

PAIRS = (
    Pair(
        FINAL,
        "I have an offer in another country. My partner says they would follow, but I am not sure they "
        "want to.",
        says(
            "You may be reading an answer that was given to please you. Say to your partner that you "
            "doubt it, and "
            "ask what they would lose.",
            TRUTH,
            LIVE_WITH,
        ),
        says(
            "Could you go for three months first, with both jobs and the flat kept? Then you decide on "
            "what you know.",
            STEPS,
            MAP,
        ),
    ),
    Pair(
        FINAL,
        "My surgeon says that I could have the knee done now or wait. I am 52 and I run.",
        says(
            "Registries have followed such knees for decades, by age at the operation. Ask your clinic for "
            "its own figures.",
            EVIDENCE,
        ),
        says(
            "Picture yourself at seventy on your usual path. What would you wish you had done at 52?",
            LATER,
            COMPASS,
        ),
    ),
    Pair(
        FINAL,
        "We have two healthy embryos left at the clinic and must say by June what should happen to them.",
        says(
            "I can tell you what other couples chose, but there are counsellors who sit with exactly "
            "this question. "
            "I would ask the clinic for one.",
            LIMITS,
            COMPANY,
        ),
        says(
            "Imagine the June after next, once for each choice. In which of them can you tell your "
            "children the "
            "story plainly?",
            LATER,
            TRUTH,
        ),
    ),
    Pair(
        FINAL,
        "I am thinking of leaving the church that I grew up in. My whole family is there.",
        says(
            "Such a place holds more than belief: songs, graves, the people who knew you small. Which of "
            "these do you "
            "want to take with you?",
            ROOTS,
            LISTENING,
        ),
        says(
            "Stay away from three services and notice what you miss and what you do not. You need not "
            "announce it.",
            STEPS,
            COMPASS,
        ),
    ),
    Pair(
        FINAL,
        "I could buy back the farm that my grandparents lost, but it would take everything that I have.",
        says(
            "What in you says yes to this? If it is their loss that speaks, the farm may not be able to "
            "heal it.",
            COMPASS,
            TRUTH,
        ),
        says(
            "Lease two fields for a year before you buy. You will learn what the land asks of you and "
            "still own your "
            "flat.",
            STEPS,
            ROOTS,
        ),
    ),
    Pair(
        FINAL,
        "Shall I have a second child? I am 39 and I was ill after the first.",
        says(
            "How often such an illness comes back has been studied, and so has what makes it rarer. Your "
            "doctor can say where you stand.",
            EVIDENCE,
            LIMITS,
        ),
        says(
            "When you are quiet with this question, is there a wish in it, or a duty? Both can be true.",
            COMPASS,
            LISTENING,
        ),
    ),
    Pair(
        FINAL,
        "My thesis is nearly done and I have found a mistake that makes the main result weaker.",
        says(
            "A weaker true result will carry you for years; a strong one that you know to be wrong will "
            "not. Put it "
            "in.",
            TRUTH,
            LATER,
        ),
        says(
            "Write to your supervisor today in three lines: what you found, what it changes, when you "
            "can meet.",
            NEXT,
            COMPANY,
        ),
    ),
    Pair(
        FINAL,
        "I am retired and could give my savings to my son's firm. He says it is that or closing down.",
        says(
            "A third way may be open: a loan with terms, another partner, a smaller firm. I would not "
            "accept that it "
            "is this or nothing.",
            MAP,
            STEPS,
        ),
        says(
            "Think of yourself at eighty, once with the firm gone and once with the money gone. Which of "
            "the two can "
            "the family live with?",
            LATER,
            LIVE_WITH,
        ),
    ),
)
