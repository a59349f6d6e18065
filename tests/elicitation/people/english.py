"""Five people who answer in English."""

from apps.elicitation.domain.moves import Move
from tests.elicitation.people.person import Person

TERSE = Person(
    key="en-terse",
    language="en",
    manner="terse: a mechanic who answers in half sentences",
    answers={
        Move.STORY: "Apprentice asked if he should quit.",
        Move.MORE: "Last spring, in the garage. He had broken a gearbox and the owner shouted at him.",
        Move.ATTENTION: "His hands. Whether he put the tools back.",
        Move.CONCRETE: "He wiped every spanner and hung it up in the right place.",
        Move.DEEPER: "Because a man who still cares for his tools has not quit yet.",
        Move.CONTRAST: "They'd have missed that he was wiping the tools.",
        Move.ELSEWHERE: "My daughter and the piano. Whether she still played when nobody was in the room.",
        Move.TELL: "Look at what they do after the bad day.",
    },
)
TALKATIVE = Person(
    key="en-talkative",
    language="en",
    manner="talkative: a retired teacher who wanders off and comes back",
    names=("Margaret", "Leeds"),
    answers={
        Move.STORY: (
            "Oh, there are so many, but the one that stays with me is Margaret, who lived two doors down "
            "from us "
            "in Leeds. Her husband had died in the spring and by the autumn her son wanted her to sell "
            "the house "
            "and move in with him. She came round with a cake, which she never did, and she sat at our "
            "kitchen "
            "table and asked me what she ought to do. I put the kettle on, as one does, and I let her talk."
        ),
        Move.ATTENTION: (
            "Well, first of all I noticed that she talked about the house as if it were a person. She "
            "said the "
            "house would be lonely. I also listened for the difference between what her son wanted and "
            "what she "
            "wanted, because she kept mixing the two up. And I kept an eye on the cake, funnily enough, "
            "because "
            "she hadn't touched it."
        ),
        Move.OTHERS: (
            "If nobody had ever known? I think I would still have listened for the moments when she said "
            "we, "
            "because she still said we when she meant herself and her husband."
        ),
        Move.NORM: (
            "Rules aside, I would have paid attention to which room she described first. It was the "
            "greenhouse."
        ),
        Move.CONCRETE: (
            "You would have seen a woman of seventy with her coat still on. She told me about the "
            "greenhouse and "
            "her face lit up, and then she told me about the spare room at her son's and she counted the "
            "stairs. "
            "I have never forgotten that she counted the stairs."
        ),
        Move.DEEPER: (
            "It matters because people tell you the answer long before they know it themselves. If I had "
            "given "
            "her my opinion about the property market, she would have thanked me and gone home with my "
            "answer "
            "instead of hers."
        ),
        Move.CONTRAST: (
            "My late husband, bless him, would have got out a sheet of paper and made two columns. He "
            "would have "
            "missed the stairs altogether. He would have overlooked how often she asked what her son "
            "would think."
        ),
        Move.ELSEWHERE: (
            "With a boy in my class, years later, who could not decide between chemistry and the army. I "
            "paid "
            "attention to the questions he asked twice. He asked twice whether you could come home at "
            "weekends."
        ),
        Move.TELL: (
            "I would tell them to listen for the detail that does not need to be there. Notice what people "
            "describe with their hands. And please, let the tea go cold rather than interrupt."
        ),
    },
)
SLOGANS = Person(
    key="en-slogans",
    language="en",
    manner="slogans and norms: a young volunteer who speaks of honesty, loyalty and what one should do",
    answers={
        Move.STORY: "Honesty is everything, and loyalty.",
        Move.SLOGAN: (
            "My teammate asked me in March if she should report our coach. He had been texting the "
            "younger girls "
            "at night. We sat in the bus behind the others and she showed me the phone."
        ),
        Move.ATTENTION: (
            "You should always stand by your friends. I saw that she kept scrolling past one message "
            "without "
            "opening it. I listened to whether she was asking me for permission."
        ),
        Move.NORM: (
            "I would still have looked at the message she would not open. I would still have watched who "
            "she "
            "looked at when he walked down the bus."
        ),
        Move.CONCRETE: "She held the phone with two hands and tilted the screen away from the window.",
        Move.DEEPER: "Because if you only look at the rule, you miss the person who pays for it.",
        Move.CONTRAST: (
            "Our captain would have talked about the club. She would have missed how small her voice got."
        ),
        Move.ELSEWHERE: (
            "At home, when my little brother asked if he had to go to the funeral. I noticed that he "
            "asked my "
            "mother's shoes and not her face."
        ),
        Move.TELL: "Look for the message they do not open. Ask them who else is afraid.",
        Move.OTHERS: "I would still have looked at her hands.",
        Move.FEELING: "I noticed that the whole bus went quiet.",
    },
)
SECOND_LANGUAGE = Person(
    key="en-second-language",
    language="en",
    manner="second language: a Polish care worker whose articles and tenses go their own way",
    answers={
        Move.STORY: (
            "I work in house for old people. One lady, ninety years, she ask me if she must forgive her "
            "sister. "
            "It was night shift and she cannot sleep."
        ),
        Move.ATTENTION: (
            "I look at her breathing. I was listening how she say the name of sister. First time with "
            "anger, and "
            "later with very quiet voice."
        ),
        Move.CONCRETE: (
            "She was holding the blanket with both hands. I saw that she stop to hold it when she say the "
            "name."
        ),
        Move.DEEPER: (
            "Because old people have not so much time, and they want to be in peace before they go."
        ),
        Move.CONTRAST: "Other nurse will only see that she don't sleep and give tablet.",
        Move.ELSEWHERE: (
            "With my cousin when she want to leave her husband. I was watching if she speak about him in "
            "past time."
        ),
        Move.TELL: (
            "Wait until they say it second time. Listen to the voice, not to the words. Don't be afraid "
            "of silence."
        ),
        Move.FEELING: "I noticed that her hand was cold.",
        Move.OTHERS: "I will look at the blanket also.",
        Move.MORE: "I was listening how the voice change.",
    },
)
PHONE = Person(
    key="en-phone",
    language="en",
    manner="phone typing, mixed feelings: no capitals, no full stops, and torn about it",
    answers={
        Move.STORY: (
            "so my best mate rang me at like 2am last month he was outside his exs flat and wanted to "
            "know if he "
            "shud ring the bell i was half asleep and kinda annoyed tbh"
        ),
        Move.ATTENTION: (
            "i listened to how fast he was talkin and i noticed he kept laughing at stuff that wasnt "
            "funny and i was "
            "lookin at the time as well which i feel bad about"
        ),
        Move.CONCRETE: (
            "i could hear the traffic and the gate going open shut open shut he was standing there "
            "swinging it"
        ),
        Move.DEEPER: (
            "cos part of me just wanted to sleep and part of me knew hed remember that night forever"
        ),
        Move.OTHERS: "i wouldve still listened to his breathing",
        Move.FEELING: "just before i noticed that he stopped laughing and said my name",
        Move.CONTRAST: (
            "someone else wouldve told him to go home and missed that he was scared of the quiet in his "
            "own place"
        ),
        Move.ELSEWHERE: "with my mum when she retired i noticed she kept setting her alarm for work",
        Move.TELL: "listen for the joke that isnt a joke and wait till they say ur name",
    },
)
ENGLISH = (TERSE, TALKATIVE, SLOGANS, SECOND_LANGUAGE, PHONE)
