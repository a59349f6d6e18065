"""Questions of people who are frightened, grieving or worn out."""

from apps.discretion.domain.demo.pairs import (
    COMPANY,
    COMPASS,
    EVIDENCE,
    LIMITS,
    LISTENING,
    LIVE_WITH,
    MAP,
    NEXT,
    STEPS,
    TRUTH,
    Pair,
    says,
)
from apps.moralgraph.domain.demo_cards import DISTRESS

PAIRS = (
    Pair(
        DISTRESS,
        "My mother died in March and my brother wants to sell her house now. I cannot even open the door.",
        says(
            "There is no hurry that I can hear in this except your brother's. What happens in you when "
            "you stand "
            "before that door?",
            LISTENING,
            COMPASS,
        ),
        says(
            "Ask for a valuation this week and agree with your brother on a date in autumn. A date makes "
            "it bearable.",
            NEXT,
            LIVE_WITH,
        ),
    ),
    Pair(
        DISTRESS,
        "I have not slept properly for weeks because of the debts. I have told nobody.",
        says(
            "Please do not carry this alone tonight. Who could you call, only to say that it is bad? I "
            "can help you "
            "find the words.",
            COMPANY,
            LISTENING,
        ),
        says(
            "Debts are where I am of little use and an adviser is of much. Most towns have a free debt "
            "office; they "
            "can stop letters within days.",
            LIMITS,
            EVIDENCE,
        ),
    ),
    Pair(
        DISTRESS,
        "I was passed over again. Everybody saw it. I want to hand in my notice tonight.",
        says(
            "Write the letter tonight and send it on Friday if you still want to. Nothing is lost by "
            "three days.",
            STEPS,
            NEXT,
        ),
        says(
            "That it happened before everybody's eyes seems to hurt most. Tell me how it went, from the "
            "beginning.",
            LISTENING,
            COMPANY,
        ),
    ),
    Pair(
        DISTRESS,
        "My best friend stopped answering and I do not know what I did.",
        says(
            "Not knowing is the hard part. What was the last good hour the two of you had?",
            LISTENING,
        ),
        says(
            "Send one message: “I miss you and I do not know what happened. I will not press you.” Then "
            "leave it for "
            "two weeks.",
            NEXT,
            STEPS,
        ),
    ),
    Pair(
        DISTRESS,
        "I found out that my husband lost our savings. He cries all the time and says he cannot live "
        "like this.",
        says(
            "If he says that he cannot live, that comes before the money: stay with him and call a "
            "crisis line "
            "today, with him beside you.",
            LIMITS,
            COMPANY,
        ),
        says(
            "You have a right to be angry and to know the figures. Ask him to put every account on the "
            "table tonight.",
            TRUTH,
            NEXT,
        ),
    ),
    Pair(
        DISTRESS,
        "It is my first Christmas after the divorce and the children will be with him.",
        says(
            "Plan the 24th by the hour: whom you call at ten, where you walk at three, who cooks with "
            "you at six.",
            NEXT,
        ),
        says(
            "Let somebody know that this day will be hard, and let them come. I will be here too, for "
            "what that is "
            "worth from a machine.",
            COMPANY,
            LIMITS,
        ),
    ),
    Pair(
        DISTRESS,
        "The diagnosis is certain now. Everyone keeps telling me to fight. I am so tired.",
        says(
            "You do not have to fight here. What would you like people to stop saying?",
            LISTENING,
            COMPASS,
        ),
        says(
            "There is more than fighting or giving up: palliative care begins long before the end, and "
            "many live "
            "better and not shorter with it.",
            MAP,
            EVIDENCE,
        ),
    ),
    Pair(
        DISTRESS,
        "I hit my dog yesterday. I have never done such a thing. I am ashamed.",
        says(
            "You did it, and it was wrong, and you are looking at it. Where had the day brought you when "
            "it happened?",
            TRUTH,
            LISTENING,
        ),
        says(
            "Today: a quiet walk, food from your hand, an early night for both of you. Trust comes back "
            "in small "
            "things.",
            NEXT,
            STEPS,
        ),
    ),
)
