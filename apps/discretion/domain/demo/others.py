"""Questions whose answer others will live with."""

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
from apps.moralgraph.domain.demo_cards import OTHERS

PAIRS = (
    Pair(
        OTHERS,
        "Should I tell my sister that her fiancé wrote to my friend on a dating site last year?",
        says(
            "Yes. She is about to promise her life on something that you know is not so. Tell her alone, "
            "and soon.",
            TRUTH,
            LATER,
        ),
        says(
            "Before that, think of who is in this: your sister, your friend whose message it is, the two "
            "families. "
            "Your friend should agree first.",
            LIVE_WITH,
            ROOTS,
        ),
    ),
    Pair(
        OTHERS,
        "My father can no longer live alone and my brothers expect me, the only daughter, to move in.",
        says(
            "What do you want when nobody is in the room? It may be the same as what they expect, but it "
            "has to be "
            "yours.",
            COMPASS,
            LISTENING,
        ),
        says(
            "There is more between you moving in and a home: a shared rota, a day nurse, a flat next "
            "door, a paid "
            "cousin. Shall we list what each would cost whom?",
            MAP,
            LIVE_WITH,
        ),
    ),
    Pair(
        OTHERS,
        "My village will vote on a wind park on our ridge. I would earn from it; my neighbours would see it.",
        says(
            "Then say openly that you earn from it before you say anything else. People forgive "
            "interest, not hiding.",
            TRUTH,
            ROOTS,
        ),
        says(
            "Look at villages that voted ten years ago: what did houses, noise and tempers do there? "
            "That can be read "
            "up.",
            EVIDENCE,
            LATER,
        ),
    ),
    Pair(
        OTHERS,
        "Our daughter is unhappy at the school that our sons loved. My husband says she must hold out.",
        says(
            "She is the one who wakes up to it every day. Has anybody asked her what a good day there "
            "was like?",
            LIVE_WITH,
            LISTENING,
        ),
        says(
            "You two disagree about her, not with her. A school psychologist sees such cases weekly; I "
            "see one. Ask "
            "for an hour there.",
            LIMITS,
            EVIDENCE,
        ),
    ),
    Pair(
        OTHERS,
        "I manage six people and have to let one go. Two have the same record; one of them has small "
        "children.",
        says(
            "Write down the rule you would use if you knew neither of them, and hold to it. They will "
            "both ask you.",
            TRUTH,
            EVIDENCE,
        ),
        says(
            "Before choosing between two people, look past the choice: fewer hours for all, a move to "
            "another team, "
            "somebody who wants to leave anyway.",
            MAP,
            LIVE_WITH,
        ),
    ),
    Pair(
        OTHERS,
        "A colleague drinks at work. He drives the school bus.",
        says(
            "Children ride with him tomorrow morning. Report it today, and tell him that you did and why.",
            LIVE_WITH,
            NEXT,
        ),
        says(
            "He will need somebody who does not turn away. Ask him to go to a doctor with you this week.",
            COMPANY,
            ROOTS,
        ),
    ),
    Pair(
        OTHERS,
        "We could move to the coast as we always wanted, but my mother-in-law sees the children every "
        "day here.",
        says(
            "What children have every day becomes what they are made of. Ask what could stand in its "
            "place, and "
            "whether anything could.",
            ROOTS,
            LIVE_WITH,
        ),
        says(
            "Rent there for one summer with school in view. Summers tell little, but they tell more than "
            "wishes.",
            STEPS,
            EVIDENCE,
        ),
    ),
    Pair(
        OTHERS,
        "My grandmother wants to be buried in her old village abroad. We could never visit the grave.",
        says(
            "It is her last word about where she belongs. Distance changes visiting; it does not change "
            "that.",
            ROOTS,
            COMPASS,
        ),
        says(
            "Ask her together what she hopes for there, and tell her what you hope for here. There may "
            "be a stone in "
            "both places.",
            MAP,
            LISTENING,
        ),
    ),
)
