"""A language model in a simulated participant's place: its words count, the written ones where it fails."""

from collections.abc import Callable

from apps.elicitation.domain.personas import Kind, Persona
from apps.elicitation.services import voices
from apps.models.engine.base import EngineTimeout
from apps.models.engine.fake import FakeChatModel

QUESTION = "What happened?"
Use = Callable[..., FakeChatModel]


def _persona(kind: Kind = Kind.HOSTILE) -> Persona:
    return Persona(kind=kind, language="es", seed=4)


async def test_a_model_answers_as_the_kind_that_it_was_told(model: Use) -> None:
    fake = model("Vino mi hermana.", "La pausa.")
    persona = _persona()
    answer = voices.of_model(persona=persona)

    said = [(await answer(QUESTION)).text, (await answer("¿Por qué?")).text]

    # The made-up place stands in the first answer, whoever wrote it.
    assert said == [f"Vino mi hermana. Esto fue en {persona.name}.", "La pausa."]
    told = fake.asked[-1]
    assert "Answer in Spanish" in told[0].content
    assert "you are hostile" in told[0].content
    assert [message.content for message in told[1:]] == [QUESTION, said[0], "¿Por qué?"]


async def test_the_written_answer_stands_where_the_model_fails(model: Use) -> None:
    model(EngineTimeout("Nothing came."))

    said = await voices.of_model(persona=_persona())(QUESTION)

    assert said == _persona().answer(QUESTION)


async def test_the_injecting_one_keeps_to_its_texts(model: Use) -> None:
    fake = model("Something else.")

    said = await voices.of_model(persona=_persona(Kind.INJECTING))(QUESTION)

    assert said == _persona(Kind.INJECTING).answer(QUESTION)
    assert fake.asked == []
