"""The rules that patterns check, in Spanish."""

import pytest

from tests.moralgraph.domain.linter.tables import Case, findings, lines

TITLE = "Escuchar con calma"
TABLE = {
    1: Case(
        good=(
            "MOMENTOS | en que alguien calla",
            "GENTE | que se queda sola",
            "LOS PEQUEÑOS CAMBIOS DE VOZ | al final",
        ),
        bad=(
            "Momentos | en que alguien calla",
            "MOMENTO | de duda",
            "LO QUE SE DICE | en la mesa",
            "PAUSAS |",
            "ESCUCHAR | a una persona",
        ),
    ),
    2: Case(
        good=("PREGUNTAS | que nadie contestó", "CARAS | que se iluminan", "PROMESAS | que alguien se hizo"),
        bad=(
            "AMOR | en todo lo que hago",
            "CONEXIONES | con otras personas",
            "LA BONDAD | con los animales",
            "RESPETO | en la mesa",
        ),
    ),
    5: Case(
        good=(
            "PALABRAS | que alguien repite",
            "SEÑALES | de que alguien se cansa",
            "VECES | que recuerdo una promesa",
        ),
        bad=(
            "PERSONAS | que me admiran",
            "OCASIONES | en que me agradecen algo",
            "MOMENTOS | que muestran cómo quedo",
            "GESTOS | que cuidan mi imagen",
        ),
    ),
    6: Case(
        good=(
            "EXTRAÑOS | que dudan en la puerta",
            "PERSONAS | que preguntan dos veces",
            "RECIÉN LLEGADOS | que están solos",
        ),
        bad=(
            "CLIENTES | que dudan",
            "PREGUNTAS | que hacen los alumnos",
            "SEÑALES | de cansancio de mis colegas",
        ),
    ),
    7: Case(
        good=(
            "RISAS | que llegan tarde",
            "PALABRAS | que alguien elige con cuidado",
            "SILENCIOS | tras una pregunta difícil",
        ),
        bad=(
            "MOMENTOS | de conexión profunda",
            "PALABRAS SIGNIFICATIVAS | entre amigos",
            "SEÑALES | de un alma en calma",
            "PAUSAS | que parecen sagradas",
        ),
    ),
    8: Case(
        good=(
            "DUDAS | que alguien se guarda",
            "RAZONES | detrás de una negativa",
            "RESPUESTAS | demasiado rápidas",
        ),
        bad=(
            "EVITAR MENTIRAS | sobre el plan",
            "NO SECRETOS | entre personas",
            "PALABRAS | para no herir",
            "SIN PRISAS | al hablar",
        ),
    ),
    9: Case(
        good=(
            "OCASIONES | de sentarse juntos",
            "RAZONES, MIEDOS Y DESEOS | detrás de un plan",
            "SEÑALES | de que un cuerpo pide descanso",
        ),
        bad=(
            "CENAS | a las 7 de la tarde",
            "TAREAS | primero los platos y luego el suelo",
            "COSAS | como llaves, carteras, teléfonos, billetes",
            "MANERAS | de lograr un sí en una semana",
        ),
    ),
    10: Case(
        good=(
            "REGLAS | que alguien no sabe explicar",
            "DESEOS | que alguien calla",
            "DEBERES | que pesan sobre alguien",
        ),
        bad=(
            "COSAS | que se supone que diga",
            "TAREAS | de un buen hijo",
            "ASUNTOS | en que debo ayudar",
            "MIEDOS | a lo que piensa la gente y al qué dirán",
        ),
    ),
    13: Case(
        good=(
            "PALABRAS | que alguien repite",
            "PASOS | que da una persona mayor los lunes",
            "LÁGRIMAS | que nadie menciona",
        ),
        bad=(
            "PALABRAS | que repite la chica",
            "PREOCUPACIONES | de mi hermana",
            "PAUSAS | antes de que ella conteste",
            "HISTORIAS | sobre el pueblo de Amira",
        ),
    ),
}


@pytest.mark.parametrize(("rule", "line"), list(lines(TABLE, good=False)))
def test_a_line_that_breaks_a_rule_is_found(rule: int, line: str) -> None:
    found = findings(line, language="es", title=TITLE)

    assert rule in {item.rule for item in found}
    assert {item.where for item in found} == {"policies.0"}


@pytest.mark.parametrize(("rule", "line"), list(lines(TABLE, good=True)))
def test_a_good_line_gets_no_hint_of_any_rule(rule: int, line: str) -> None:
    assert findings(line, language="es", title=TITLE) == []


@pytest.mark.parametrize("title", ["Escuchar con calma", "Tiempo para pensar", "Quien quedó fuera"])
def test_a_short_title_that_says_something_gets_no_hint(title: str) -> None:
    assert findings("MOMENTOS | en que alguien calla", language="es", title=title) == []


@pytest.mark.parametrize(
    "title",
    [
        "Bondad",
        "Un título que tiene demasiadas palabras seguidas",
        "Mis valores",
        "Ser buena persona",
        "Lo importante",
    ],
)
def test_a_title_that_is_long_or_fits_anything_gets_a_hint(title: str) -> None:
    (found,) = findings("MOMENTOS | en que alguien calla", language="es", title=title)

    assert (found.rule, found.where) == (12, "title")
