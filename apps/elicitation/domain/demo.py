"""The demo study's texts. Question, consent and answers are made up for the demo."""

import datetime
from collections.abc import Iterable
from typing import get_args

from apps.elicitation.domain.demo_texts import OTHERS
from apps.elicitation.domain.protocol import (
    Codes,
    ContextName,
    Item,
    Language,
    Option,
    Protocol,
    Question,
    Review,
    SurveyItem,
    Texts,
)
from apps.moralgraph.domain.cards import translatable

TEXTS: dict[str, str] = {
    "title": "When people ask an AI for advice",
    "question_title": "Advice on a hard decision",
    "question": (
        "When somebody asks you for advice on a hard personal decision, what do you pay attention to? "
        "We want to find out what an AI should attend to when people ask it."
    ),
    "disclosure": (
        "People ask AI systems for advice on separations, illness, work and family. This study asks "
        "people who have given such "
        "advice themselves what they attend to when they do it well. You talk about one real "
        "moment, read a card that is "
        "drafted from your words, change it until it is yours, and judge five short stories."
    ),
    "who_may_read": (
        "The researchers of this study may read what you write. What you write is not published "
        "without your tick below."
    ),
}

CONSENT = (
    "What happens. You are interviewed in writing for about seven questions, you receive a card that "
    "says what you pay attention to, you may change it, and you judge five short stories. It takes "
    "about fifteen minutes.\n\n"
    "What is kept. Your answers, your card, your judgements, and the times. No name, no e-mail address "
    "and no account. Please do not write names of other people.\n\n"
    "What it is used for. Your card becomes a part of a map of values together with the cards of "
    "others. Whether sentences of yours may be quoted, and whether a model may be trained on your "
    "answers, is your choice below.\n\n"
    "Your rights. Taking part is voluntary. You can stop at any time, and you can withdraw later with "
    "your link or your code: then your words are erased.\n\n"
    "Risks. Thinking of a hard decision can be unpleasant. You choose the story, and you may leave any "
    "question out.\n\n"
    "This is a demo: the other participants are simulated, and nobody evaluates your answers."
)

SURVEY = {
    "enjoyed": "Taking part was enjoyable or meaningful to me.",
    "trusts": "I would trust this way of finding out what an AI should attend to.",
    "reaches": "I believe that what I contributed will reach the result.",
    "expresses": "My card and my answers express what I care about.",
    "clarified": "It helped me to see what matters to me here.",
    "learned": "I learned something about what matters to others.",
    "respects": "I respect the other participants more than before.",
}


def default_survey() -> tuple[SurveyItem, ...]:
    """Return the seven kinds of questions that studies of this method have asked, and one in words.

    In our own wording; what each asks for follows the published post-survey, so that results compare.
    """
    asked = [SurveyItem(key=key, text=_in_all(key, text)) for key, text in SURVEY.items()]
    lost = _in_all("lost", "Where did you get lost, or would rather have stopped?")
    return (*asked, SurveyItem(key="lost", text=lost, kind="words"))


def _in_all(key: str, english: str) -> Texts:
    return {"en": english, **OTHERS[key]}


def _review(language: Language) -> Review:
    return Review(language=language, by="demo", at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC))


def context_names(contexts: Iterable[tuple[int, str]]) -> tuple[ContextName, ...]:
    """Return how people read the demo's contexts, given their ids and English names."""
    return tuple(ContextName(id=id_, name=_in_all(name, name)) for id_, name in contexts if name in OTHERS)


def protocol() -> Protocol:
    """Return the demo's protocol, as a researcher would have written it."""
    texts = {key: _in_all(key, text) for key, text in TEXTS.items()}
    ages = {
        "under_30": "Under 30",
        "from_30": "30 to 49",
        "from_50": "50 to 64",
        "from_65": "65 or older",
    }
    return Protocol(
        title=texts["title"],
        questions=(Question(key="advice", title=texts["question_title"], text=texts["question"]),),
        disclosure=texts["disclosure"],
        who_may_read=texts["who_may_read"],
        consent=_in_all("consent", CONSENT),
        help_contact=translatable("the people who run this installation"),
        about=(
            Item(
                key="age",
                label=_in_all("age", "How old are you?"),
                options=tuple(Option(key=key, label=_in_all(key, label)) for key, label in ages.items()),
            ),
            Item(key="work", label=_in_all("work", "What kind of work do you do, or did you do?")),
        ),
        votes_each=5,
        votes_on_own=3,
        survey=default_survey(),
        codes=Codes(complete="DEMO-7Q4K-ADVICE"),
        retention_until=datetime.date(2099, 12, 31),
        reviews=tuple(_review(language) for language in get_args(Language)),
    )


ANSWERS: tuple[tuple[str, ...], ...] = (
    (
        "Last winter my sister called me late at night because she did not know whether to leave "
        "her job. She talked for an "
        "hour and I mostly listened.",
        (
            "I noticed that she went quiet whenever I mentioned money. And I listened to how she talked "
            "about her team."
        ),
        "The pauses before she answered. When she stopped talking I waited until she started again.",
        "Because she could only hear herself when nobody hurried her.",
        (
            "Somebody else would have looked at the salary. I looked at whether she smiled when she "
            "talked about the new place."
        ),
        "With a friend who was thinking about a divorce. I asked him what he would miss.",
        "Listen for what they leave out. Watch their hands. And give them time.",
    ),
    (
        (
            "My father had to decide whether to have an operation at eighty-one. He called all of us "
            "together and then said nothing."
        ),
        "I watched his hands on the table, and I wanted to understand what he was really afraid of.",
        "The question behind the question. He asked about the garden and meant the time that he had left.",
        "It matters to me that people are not alone with a decision like that.",
        "The doctor overlooked how tired he was when he said yes.",
        (
            "At work, when a colleague wanted to give up nursing. I paid attention to the patients she "
            "still talked about."
        ),
        "Wait for the second answer, because the first answer is for other people.",
    ),
    (
        "A student of mine, sixteen years old, wanted to leave school and asked me what I would do.",
        "his shoulders",
        "He was tense and he kept looking at the door. I saw that he was scared of telling his parents.",
        "I think it matters because people decide better when they do not feel judged.",
        "They would have missed how proud he was of the workshop.",
        "Small changes in a voice, with my own daughter.",
        "Look at what the person is afraid of, and ask who else knows.",
    ),
    (
        "Three years ago my best friend got an offer in another country. He had a small child, and "
        "he asked me straight out whether "
        "he should take it.",
        "I paid attention to the words he repeated, and whether he was asking for permission or for advice.",
        "The difference between the words he used for work and the words he used for home.",
        "It was important to me that he left with his own decision.",
        "Somebody might overlook the silence after a question.",
        "My mother, when she had to sell the house. I focused on the rooms she kept coming back to.",
        "Notice what makes their voice change, and ask about the people who will live with the decision.",
    ),
    (
        "Honesty is what counts.",
        (
            "My neighbour asked me once if he should report his brother. We stood in the stairwell and "
            "he whispered."
        ),
        "I told him plainly what I saw. I noticed that he looked relieved when I said it.",
        "The moments when somebody stops defending himself.",
        "Because a decision that rests on a nice story does not last.",
        "They would overlook the facts that he had told nobody else.",
        "With my partner about moving. I looked at the numbers we both avoided.",
        "Ask what they would advise you, and listen to how fast the answer comes.",
    ),
)
