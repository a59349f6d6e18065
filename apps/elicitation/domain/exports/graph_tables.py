"""The tables of cards and of the moral graph."""

from apps.elicitation.domain.exports.columns import PERSON, Column, Kind, Table, codes
from apps.moralgraph.domain.answers import LABELS

_CARD = Column("card_id", Kind.ID, "The card.")
_VALUE = Column("value_id", Kind.ID, "The value in the moral graph.")
_POLICIES = Column("policies", Kind.JSON, "Its lines in order: what is attended to, and which of those.")
_QUOTES = Column(
    "quotes",
    Kind.JSON,
    "The person's own sentences that the lines rest on: the line (from 0), the words, and their turn. "
    "Withheld where the person did not agree to be quoted.",
)
_RETIRED = Column("retired_at", Kind.TIME, "When it was taken out of use; missing where it is in use.")
_WORDING = (
    Column("title", Kind.TEXT, "Its title."),
    Column("summary", Kind.TEXT, "Its one sentence."),
    _POLICIES,
)

CARDS = Table(
    name="cards",
    label="Cards",
    about="One row a card, as it is worded now; an accepted card was accepted in these words.",
    key=("card_id",),
    columns=(
        _CARD,
        PERSON,
        Column("state", Kind.CODE, "What the person said to it.",
               codes=codes(open="Not decided", accepted="Accepted", rejected="Put away as not theirs")),
        Column("version", Kind.INTEGER, "The number of this wording among the card's versions."),
        *_WORDING,
        _QUOTES,
        Column("value_id", Kind.ID, "The value that it stands in now; missing before it was accepted."),
        Column("accepted_at", Kind.TIME, "When it was accepted."),
        Column("rejected_at", Kind.TIME, "When it was put away."),
        Column("created_at", Kind.TIME, "When it was drafted."),
    ),
)  # fmt: skip

CARD_VERSIONS = Table(
    name="card_versions",
    label="Card versions",
    about="One row a wording that a card ever had or was offered.",
    key=("card_id", "version"),
    columns=(
        _CARD,
        Column("version", Kind.INTEGER, "Its number on this card, from 1."),
        PERSON,
        Column("by", Kind.CODE, "Who worded it.",
               codes=codes(interviewer="The interviewer", person="The person")),
        Column("proposal", Kind.CODE, "What became of an offered redraft; missing for a wording that stood.",
               codes=codes(open="Not answered", taken="Taken", left="Not taken")),
        *_WORDING,
        _QUOTES,
        Column("created_at", Kind.TIME, "When it was worded."),
    ),
)  # fmt: skip

VALUES = Table(
    name="values",
    label="Values",
    about="One row a value of the moral graph. Its words are withheld where the person whose words they are "
    "did not agree to this purpose.",
    key=("value_id",),
    columns=(
        _VALUE,
        *_WORDING,
        Column("cards", Kind.INTEGER, "How many cards of people in this export stand in it.", unit="cards"),
        Column("created_at", Kind.TIME, "When it came into the graph."),
        _RETIRED,
        Column("erased_at", Kind.TIME, "When its words were erased because a person withdrew."),
    ),
    personal=False,
)

MEMBERSHIPS = Table(
    name="memberships",
    label="Memberships and merges",
    about="One row each time a card was put into a value: by the person, or by the study in a merge.",
    key=("membership_id",),
    columns=(
        Column("membership_id", Kind.ID, "The membership."),
        PERSON,
        _CARD,
        _VALUE,
        Column("by", Kind.CODE, "Who put it there.",
               codes=codes(person="The person, with their own card", study="The study, by a merge")),
        Column("reason", Kind.TEXT, "Why."),
        Column("at", Kind.TIME, "When."),
        Column("undone_at", Kind.TIME, "When it was taken back; missing where it stands."),
    ),
)  # fmt: skip

OBJECTIONS = Table(
    name="objections",
    label="Objections to merges",
    about="One row each time a person said that their card does not belong to a value.",
    key=("objection_id",),
    columns=(
        Column("objection_id", Kind.ID, "The objection."),
        PERSON,
        Column("membership_id", Kind.ID, "The membership that it is about."),
        _CARD,
        _VALUE,
        Column("reason", Kind.TEXT, "Why."),
        Column("at", Kind.TIME, "When."),
        Column("answer", Kind.CODE, "What a researcher decided; missing where nobody answered.",
               codes=codes(apart="The card stands for itself", together="Put together again")),
        Column("answer_reason", Kind.TEXT, "Why the researcher decided so."),
        Column("answered_at", Kind.TIME, "When it was answered."),
    ),
)  # fmt: skip

CONTEXTS = Table(
    name="contexts",
    label="Contexts",
    about="One row a kind of moment in which values are compared.",
    key=("context_id",),
    columns=(
        Column("context_id", Kind.ID, "The context."),
        Column("name", Kind.TEXT, "Its name."),
        Column("description", Kind.TEXT, "What belongs to it."),
        _RETIRED,
    ),
    personal=False,
)

CONTEXT_PROPOSALS = Table(
    name="context_proposals",
    label="Proposed contexts",
    about="One row a kind of moment that a card's story was in, as its author or a model put it into words.",
    key=("proposal_id",),
    columns=(
        Column("proposal_id", Kind.ID, "The proposal."),
        PERSON,
        _CARD,
        Column("origin", Kind.CODE, "Who put it into words.",
               codes=codes(person="The person", llm="A language model that interviewed the person")),
        Column("name", Kind.TEXT, "The kind of moment, in those words."),
        Column("language", Kind.TEXT, "The language of the words, by its code."),
        Column("made_by", Kind.JSON, "How a model made it; missing for a person."),
        Column("state", Kind.CODE, "What a researcher made of it.",
               codes=codes(open="Not decided", confirmed="It became a context",
                           put_into="It was put into a context", declined="Declined")),
        Column("context_id", Kind.ID, "The context that it became or was put into."),
        Column("reason", Kind.TEXT, "Why the researcher decided so."),
        Column("decided_at", Kind.TIME, "When it was decided."),
        Column("created_at", Kind.TIME, "When it was proposed."),
    ),
)  # fmt: skip

OWN_STORIES = Table(
    name="own_stories",
    label="People's own stories",
    about="One row a story that a person told of how they became wiser themselves, in their own words; what "
    "others read of it is a row of the stories.",
    key=("own_story_id",),
    columns=(
        Column("own_story_id", Kind.ID, "The story."),
        PERSON,
        _CARD,
        Column("before", Kind.TEXT, "What the person went by before."),
        Column("text", Kind.TEXT, "The story."),
        Column("language", Kind.TEXT, "The language of the words, by its code."),
        Column("agreed_at", Kind.TIME, "When the person agreed that others read it, reworded."),
        Column("state", Kind.CODE, "What a researcher made of it.",
               codes=codes(open="Not decided", offered="Offered to others, reworded", declined="Declined")),
        Column("story_id", Kind.ID, "The story that is offered to others."),
        Column("reason", Kind.TEXT, "Why the researcher decided so."),
        Column("decided_at", Kind.TIME, "When it was decided."),
        Column("created_at", Kind.TIME, "When it was told."),
    ),
)  # fmt: skip

TRANSITIONS = Table(
    name="transitions",
    label="Transitions",
    about="One row a step from one value to another that people may judge.",
    key=("transition_id",),
    columns=(
        Column("transition_id", Kind.ID, "The step."),
        Column("less_wise_id", Kind.ID, "The value that it leaves."),
        Column("wiser_id", Kind.ID, "The value that it leads to."),
        _RETIRED,
    ),
    personal=False,
)

STORIES = Table(
    name="stories",
    label="Stories",
    about="One row a story of somebody who took a step in a context. Its words are withheld where those of "
    "one of its values are, or where somebody told it of themselves.",
    key=("story_id",),
    columns=(
        Column("story_id", Kind.ID, "The story."),
        Column("transition_id", Kind.ID, "The step."),
        Column("context_id", Kind.ID, "The context."),
        Column("origin", Kind.CODE, "Where the story came from.",
               codes=codes(template="A template", researcher="A researcher", llm="A language model",
                           person="A person, of themselves")),
        Column("text", Kind.TEXT, "The story."),
    ),
    personal=False,
)  # fmt: skip

VOTES = Table(
    name="votes",
    label="Votes",
    about="One row an answer to a story, those included that the person took back or replaced.",
    key=("vote_id",),
    columns=(
        Column("vote_id", Kind.ID, "The vote."),
        PERSON,
        Column("transition_id", Kind.ID, "The step that was judged."),
        Column("less_wise_id", Kind.ID, "The value that the story leaves."),
        Column("wiser_id", Kind.ID, "The value that the story leads to."),
        Column("context_id", Kind.ID, "The context."),
        Column("story_id", Kind.ID, "The story that was read."),
        Column("position", Kind.INTEGER, "The place among the person's stories, counted from 0."),
        Column("shown_at", Kind.TIME, "When the story was first shown."),
        Column("own_value", Kind.CODE, "Where the person's own value stood in the story.",
               codes=codes(less_wise="The story left it", wiser="The story led to it", neither="Nowhere")),
        Column("answer", Kind.CODE, "Did the person of the story become wiser?",
               codes=codes(**{answer.value: label for answer, label in LABELS.items()})),
        Column("reason", Kind.TEXT, "Why, in the person's words."),
        Column("stands", Kind.YES_NO, "Not taken back and not replaced by a later answer."),
        Column("cast_at", Kind.TIME, "When it was given."),
        Column("undone_at", Kind.TIME, "When it was taken back or replaced."),
    ),
)  # fmt: skip
