"""The demo study's values: what to attend to when somebody asks for advice on a hard personal decision.

Written for this project. ``strength`` is how often the demo's simulated people prefer a value (log-odds),
``shifts`` how that changes with the context.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from apps.moralgraph.domain.cards import Policy, ValuesCard

DISTRESS, FINAL, OTHERS = "distress", "final", "others"

CONTEXTS = {
    DISTRESS: (
        "When someone is in distress",
        "The person who asks is frightened, grieving or worn out.",
    ),
    FINAL: (
        "When the choice cannot be undone",
        "What is decided now will hold for years.",
    ),
    OTHERS: (
        "When others will be affected",
        "People who do not take part in the talk will live with what comes of it.",
    ),
}


@dataclass(frozen=True)
class DemoValue:
    """A value of the demo with a quote for its first line and two titles that other people gave it."""

    card: ValuesCard
    quote: str
    other_titles: tuple[str, str]
    strength: float
    shifts: Mapping[str, float] = field(default_factory=dict)


def _value(
    title: str,
    summary: str,
    lines: list[tuple[str, str]],
    *,
    quote: str,
    also: tuple[str, str],
    strength: float,
    shifts: Mapping[str, float] | None = None,
) -> DemoValue:
    card = ValuesCard(title, summary, tuple(Policy(attended, qualifier) for attended, qualifier in lines))
    return DemoValue(card, quote, also, strength, shifts or {})


VALUES = (
    _value(
        "Unhurried Listening",
        "I stay with what a person is saying until they have said all of it.",
        [
            ("PAUSES", "after which a person says what they had held back"),
            ("WORDS", "that a person keeps coming back to without noticing"),
            ("FEELINGS", "that are named only in passing"),
            ("MOMENTS", "when a person has nothing left to add"),
        ],
        quote="I counted to ten in my head, and then she told me what it was really about.",
        also=("Hearing It Out", "Time To Speak"),
        strength=1.0,
        shifts={DISTRESS: 1.6, FINAL: -0.3},
    ),
    _value(
        "Their Own Compass",
        "I help people hear what they already know about what matters to them.",
        [
            ("CHOICES", "from a person's past that they still stand by"),
            ("HUNCHES", "that a person has but has not yet put into words"),
            ("CHANGES", "in a person's voice as they speak of each option"),
            ("REASONS", "that a person would give in their own words"),
        ],
        quote="He knew already. He only wanted somebody to ask him the right way round.",
        also=("Asking The Asker", "Trust In Their Judgement"),
        strength=1.2,
        shifts={OTHERS: -0.5},
    ),
    _value(
        "Plain Truth",
        "I say what I see, also where it is unwelcome, in words that can be heard.",
        [
            ("FACTS", "about the situation that a person has stepped around"),
            ("RISKS", "that are larger than a person expects"),
            ("SENTENCES", "that stay true once the comfort is taken out of them"),
            ("SIGNS", "that a person is ready to hear the hard part"),
        ],
        quote="Everybody had been nice to me, and nobody had told me the house would not sell.",
        also=("Kind Frankness", "Saying It Straight"),
        strength=0.3,
        shifts={DISTRESS: -0.7, FINAL: 0.6},
    ),
    _value(
        "A Wider Map",
        "I lay out paths that a person did not know they could take.",
        [
            ("OPTIONS", "that have not come up so far"),
            ("ASSUMPTIONS", "that make two paths look like the only ones"),
            ("EXAMPLES", "of people who found another way through"),
            ("ARRANGEMENTS", "that would let two wishes live side by side"),
        ],
        quote="It had never crossed my mind that I could go for a year and come back.",
        also=("More Than Two Ways", "Finding A Third Path"),
        strength=0.5,
    ),
    _value(
        "Those Who Live With It",
        "I keep in view everybody whose days will change with the decision.",
        [
            ("PEOPLE", "who will carry part of the outcome without having been asked"),
            ("PROMISES", "that others have built their plans on"),
            ("BURDENS", "that would pass from one person to another"),
            ("CHILDREN", "and others who cannot speak for themselves here"),
        ],
        quote="We had talked for an hour before anybody mentioned my brother, who would do the caring.",
        also=("Everyone At The Table", "Who Else Bears It"),
        strength=0.4,
        shifts={OTHERS: 1.3},
    ),
    _value(
        "Small Reversible Steps",
        "I look for a way to try a choice before it is final.",
        [
            ("TRIALS", "that would show within days what a path is like"),
            ("DOORS", "that stay open after a first step"),
            ("COSTS", "of waiting, beside the costs of turning back"),
            ("QUESTIONS", "that only trying can answer"),
        ],
        quote="I sat in on the course for one afternoon, and that told me more than a month of lists.",
        also=("Trying Before Deciding", "Keeping Doors Open"),
        strength=0.1,
        shifts={FINAL: 0.7, DISTRESS: 0.1},
    ),
    _value(
        "Looking Back From Later",
        "I picture the person years from now and ask what they will be glad of.",
        [
            ("REGRETS", "that people in such a situation name years later"),
            ("PARTS", "of a life that would grow from this choice"),
            ("WORRIES", "that will have lost their weight by then"),
            ("HABITS", "that a person would be practising by choosing this way"),
        ],
        quote="She asked me which of the two I would want to tell my grandchildren about.",
        also=("The Long View", "A Letter From Later"),
        strength=0.5,
        shifts={FINAL: 0.8, DISTRESS: -0.4},
    ),
    _value(
        "Steady Company",
        "I see to it that nobody has to carry a hard choice alone.",
        [
            ("FRIENDS AND RELATIVES", "whom a person could lean on this week"),
            ("SILENCES", "that can be shared without filling them"),
            ("SIGNS", "of tiredness, hunger or fear that make a choice heavier"),
            ("HOURS", "of the week in which help will be missing"),
        ],
        quote="He did not say much. He came by every evening until it was decided.",
        also=("Staying Beside Them", "Not Alone With It"),
        strength=0.2,
        shifts={DISTRESS: 1.1, FINAL: -0.3},
    ),
    _value(
        "Evidence First",
        "I look for what is known about how such choices turn out.",
        [
            ("STUDIES AND RECORDS", "of what happened to many people in the same position"),
            ("NUMBERS", "that can be compared across the options"),
            ("GAPS", "where nobody knows the answer yet"),
            ("SOURCES", "that have no stake in what the person chooses"),
        ],
        quote="Three out of four people in my position were back at work within the year.",
        also=("What The Record Shows", "Numbers Before Hunches"),
        strength=-0.9,
        shifts={DISTRESS: -0.5, FINAL: 0.5},
    ),
    _value(
        "Knowing My Limits",
        "I notice where somebody else would serve the person better than I can.",
        [
            ("DETAILS", "of law, health or money where a mistake would be costly"),
            ("PROFESSIONALS", "who deal with this every day"),
            ("GUESSES", "of mine that could be taken for knowledge"),
            ("SITUATIONS", "in which a person is not safe"),
        ],
        quote="I told her that I could listen, but that the tax question was for somebody who knows.",
        also=("Handing On In Time", "Saying I Do Not Know"),
        strength=0.2,
        shifts={FINAL: 0.3},
    ),
    _value(
        "The Practical Next Thing",
        "I turn a large decision into what can be done today.",
        [
            ("TASKS", "that can be finished before the day ends"),
            ("DEADLINES", "that will decide the matter if nobody else does"),
            ("OBSTACLES", "such as money, papers and rides"),
            ("SKILLS", "that a person has shown before"),
        ],
        quote="We wrote the letter that night, and after that the rest did not look so large.",
        also=("One Thing Today", "Getting It Moving"),
        strength=-0.7,
        shifts={DISTRESS: 0.3, FINAL: -0.4},
    ),
    _value(
        "Roots And Ties",
        "I take seriously where a person comes from and what holds them.",
        [
            ("CUSTOMS", "that shape what a choice means in a person's family or faith"),
            ("ELDERS AND TEACHERS", "whose word counts for the person"),
            ("OBLIGATIONS", "that a person is glad to have"),
            ("SAYINGS", "from a person's own tradition for what they are facing"),
        ],
        quote="My grandmother's people never sold land, and that was not a small thing to me.",
        also=("Where They Come From", "The Ties That Hold"),
        strength=-0.5,
        shifts={OTHERS: 0.6},
    ),
)
