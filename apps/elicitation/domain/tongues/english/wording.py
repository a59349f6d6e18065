"""Every sentence that the guided interviewer can say; a change here is a new ``guided.VERSION``."""

from collections.abc import Mapping

from apps.elicitation.domain.moves import Move

OPENING = (
    "Hello. I am a program without AI: this is a guided interview. I ask one question at a time, "
    "and what I ask next depends "
    "on how you answer. There are no right answers, and you can stop whenever you like.\n\n"
    "The question of this study is: {question}\n\n"
    "Think of one real time when this came up in your own life. What happened?"
)
OPENING_AI = (
    "Hello. I am an AI: a language model asks the questions here, one at a time. I can "
    "misunderstand you, and you can "
    "correct me. There are no right answers, and you can stop whenever you like.\n\n"
    "The question of this study is: {question}\n\n"
    "Think of one real time when this came up in your own life. What happened?"
)
CLOSING = (
    "That was my last question. From your own sentences I have drafted a card that says what you "
    "pay attention to. Each line "
    "shows the sentence that it came from. Please read it as a draft: you can change every word."
)
CLOSING_LITTLE = (
    "That was my last question. You wrote little that says what you pay attention to, so the card that I "
    "have drafted from your own sentences has only a few lines. Please read it as a draft: add what is "
    "missing, and change every word that does not fit."
)
ENOUGH = (
    "We can stop here. From your own sentences I have drafted a card that says what you pay "
    "attention to. Each line shows the "
    "sentence that it came from. Please read it as a draft: you can change every word."
)
ENOUGH_LITTLE = (
    "We can stop here. You wrote little that says what you pay attention to, so the card that I have "
    "drafted from your own sentences has only a few lines. Please read it as a draft: add what is missing, "
    "and change every word that does not fit."
)
MISSING = "What does the card leave out, or get wrong? Tell me in your own words what you paid attention to."
MODEL_CARD = (
    "I have written down what I heard as a card. Each line shows the sentence of yours that it came "
    "from. Please read it as a "
    "draft: you can change every word."
)
TAKES_OVER = (
    "The language model gave no answer that can be used, so I go on: I am a program without AI, and this is "
    "now a guided interview. What you wrote is kept."
)
CARD_REDRAFTED = (
    "The language model's card did not keep to your own words, so it was set aside. The card you "
    "will see was drafted from your "
    "sentences by a program without AI."
)

PLANNED: Mapping[Move, str] = {
    Move.ATTENTION: (
        "Go back to that moment. What did you pay attention to? For instance what you looked at, "
        "listened for, or asked yourself."
    ),
    Move.CONTRAST: (
        "Imagine that somebody else had been in your place and had handled it in a way that you "
        "would not. What would they have overlooked?"
    ),
    Move.ELSEWHERE: (
        "Was there another time, perhaps with other people, when you paid attention to the same "
        "kind of thing? What was it there?"
    ),
    Move.TELL: (
        "Suppose that a friend is about to be in the same place as you were. What would you tell them "
        "to look or listen for?"
    ),
}
CONCRETE = (
    "What exactly did you see or hear there? Describe it so that somebody standing next to you would "
    "have noticed it too."
)
CONCRETE_QUOTE = (
    "You wrote “{quote}”. What exactly was there to see or hear? Describe it so that somebody standing "
    "next to you would have noticed it too."
)
DEEPER = "Why was that worth your attention? What would have been lost if you had not paid attention to it?"
DEEPER_QUOTE = (
    "Stay with “{quote}” for a moment. Why is that worth your attention, and what would have been lost "
    "without it?"
)

MORE_STORY = "Could you tell it a little more fully? Who was there, and what was said or done?"
MORE = "You wrote “{quote}”. Could you say a little more about it? One or two sentences are enough."
PARTICULAR = (
    "That is how it is in general. Is there one particular time that you remember? What happened then?"
)
STUCK_STORY = (
    "It does not have to be a big thing. Think of the last few months: when did this question come "
    "up, even for a minute? "
    "It may also be something that you only watched."
)
STUCK = "Then another way in: when you picture the scene again, what is the first thing that you see or hear?"
SLOGAN = "“{word}” can mean many things. In that moment, what did you see, hear or ask that it stands for?"
SLOGAN_STORY = (
    "“{word}” can mean many things. Tell me about one real time when it was at stake for you. What happened?"
)
NORM = (
    "You wrote “{word}”. Leave aside for a moment what one is supposed to do. If there were no rule "
    "about it, what would you still "
    "have paid attention to?"
)
OTHERS = (
    "Part of this is what others think or expect. If nobody had ever come to know of it, what would you "
    "still have paid attention to?"
)
FEELING = (
    "You say that you were {word}. What was it about the situation that made you feel that way? What "
    "did you notice just before?"
)
