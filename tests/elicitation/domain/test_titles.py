"""A study's name and its contexts speak the reader's language; what was frozen before them keeps its hash."""

from apps.elicitation.domain.protocol import ContextName, Protocol, localise, read_protocol
from tests.factories.elicitation import content

# The hash of this protocol as it was stamped on rows before studies had a title of their own for people.
BEFORE = {"questions": [{"key": "tea", "title": {"en": "Tea"}, "text": {"en": "Why tea?"}}], "minutes": 9}
STAMPED = "cbdee0820b9c221a0c4a7cb26c7626b072db55727e796aec7728145753b77ce3"


def test_versions_from_before_keep_the_hash_that_is_stamped_on_their_rows() -> None:
    assert read_protocol(BEFORE).hash == STAMPED


def test_a_title_or_a_name_of_a_context_makes_another_version() -> None:
    plain = content()

    titled = content(title={"es": "El té"})
    named = content(context_names=(ContextName(id=3, name={"es": "Cuando llueve"}),))

    assert len({plain.hash, titled.hash, named.hash}) == 3
    assert read_protocol(titled.to_json()) == titled


def test_each_reader_gets_their_language_or_what_the_study_says_anyway() -> None:
    protocol = content(
        title={"es": "El té"}, context_names=(ContextName(id=3, name={"es": "Cuando llueve"}),)
    )

    spanish, english = localise(protocol, language="es"), localise(protocol, language="en")

    assert (spanish.title, english.title) == ("El té", "")
    assert spanish.context_name(3, otherwise="When it rains") == "Cuando llueve"
    assert english.context_name(3, otherwise="When it rains") == "When it rains"
    assert spanish.context_name(4, otherwise="When it snows") == "When it snows"


def test_a_title_in_one_language_is_asked_for_in_every_other_that_opens() -> None:
    assert "title" not in content().missing(language="en")
    assert "title" in content(title={"es": "El té"}).missing(language="en")


def test_an_empty_protocol_has_no_title() -> None:
    assert localise(Protocol(), language="en").title == ""
