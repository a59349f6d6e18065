"""What is particular to the scripted model."""

import pytest

from apps.models.engine.base import ChatSettings, EngineError, EngineOverloaded, Message
from apps.models.engine.fake import FakeChatModel

SETTINGS = ChatSettings(model="scripted")


def test_it_says_one_line_of_its_script_after_another_and_remembers_what_it_was_asked() -> None:
    model = FakeChatModel(["One line.", "Another."])
    asked = [Message("user", "Hello")]

    said = ["".join(model.stream(asked, SETTINGS)) for _ in range(2)]

    assert said == ["One line.", "Another."]
    assert model.asked == [tuple(asked)] * 2
    with pytest.raises(EngineError, match="no further line"):
        list(model.stream(asked, SETTINGS))


def test_it_fails_where_its_script_says_so() -> None:
    model = FakeChatModel([EngineOverloaded("busy"), "Now."])

    with pytest.raises(EngineOverloaded):
        list(model.stream([], SETTINGS))
    assert "".join(model.stream([], SETTINGS)) == "Now."
