"""Three languages with the same parts: follow-ups, lines, register, and what is read in which of them."""

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.elicitation.domain import distress, drafting, guided, notices
from apps.elicitation.domain.moves import PLAN, Move
from apps.elicitation.domain.tongues import TONGUES, hear, tongue_of
from apps.elicitation.domain.tongues.arabic import ARABIC
from apps.elicitation.domain.tongues.base import Tongue, Wording
from apps.elicitation.domain.tongues.english import ENGLISH
from apps.elicitation.domain.tongues.spanish import SPANISH
from apps.elicitation.domain.transcript import Speaker, Turn, answers
from apps.moralgraph.domain import linter
from apps.moralgraph.domain.cards import ValuesCard
from tests.elicitation.people import QUESTIONS

STORIES = {
    "es": "El año pasado mi amiga me preguntó si debía mudarse, y caminamos una hora junto al río.",
    "ar": "في العام الماضي سألني صديق هل ينتقل إلى مدينة أخرى، ومشينا ساعة كاملة بجانب النهر.",
}


def _plain(*said: str) -> list[Turn]:
    """Return answers under the questions of the plan, in order."""
    return [
        turn
        for at, (move, text) in enumerate(zip(PLAN, said, strict=False))
        for turn in (Turn(2 * at, Speaker.INTERVIEWER, "?", move), Turn(2 * at + 1, Speaker.PERSON, text))
    ]


def _lines(said: str, language: str) -> list[str]:
    """Return the lines of a card from one answer to what was attended to."""
    card = drafting.draft(turns=_plain("Hm.", said), language=language)
    return [policy.text for policy in card.policies]


def _after(*said: str, language: str) -> guided.Reply:
    """Return the reply to the last of these answers."""
    turns = [Turn(0, Speaker.INTERVIEWER, "?", Move.STORY)]
    for text in said:
        turns.append(Turn(len(turns), Speaker.PERSON, text))
        reply = guided.reply(turns=turns, language=language)
        turns.append(Turn(len(turns), Speaker.INTERVIEWER, reply.text, reply.move))
    return reply


def _sentences(wording: Wording) -> dict[str, str]:
    """Return every sentence of a language by its name."""
    said = {name: text for name, text in vars(wording).items() if name.isupper() and isinstance(text, str)}
    return said | {move.value: text for move, text in wording.PLANNED.items()}


@pytest.mark.parametrize("tongue", [SPANISH, ARABIC], ids=["es", "ar"])
def test_every_sentence_exists_in_every_language_with_the_same_holes(tongue: Tongue) -> None:
    english, other = _sentences(ENGLISH.wording), _sentences(tongue.wording)

    assert other.keys() == english.keys()
    for name, text in english.items():
        holes = [
            {part[1] for part in string.Formatter().parse(said) if part[1]} for said in (text, other[name])
        ]
        assert holes[0] == holes[1], name
        assert other[name] != text


def _spoken_in(language: str) -> str:
    fixed = [notices.SLOW, notices.TAKEN_OVER, notices.DISTRESS]
    said = [*_sentences(tongue_of(language).wording).values(), *(words[language] for words in fixed)]
    return "\n".join([*said, distress.pause(language=language, help_contact="help@example.org")])


def test_spanish_says_usted_throughout() -> None:
    familiar = re.findall(
        r"\b(?:tú|tus?|te|ti|contigo|puedes|quieres|piensa|imagina|escribiste|prestaste|cuéntame"
        r"|léela|"
        r"llama|corres|prefieres|escribe|estás|recuerdas|viste)\b",
        _spoken_in("es"),
        re.IGNORECASE,
    )

    assert familiar == []


def test_arabic_says_the_polite_plural_throughout() -> None:
    singular = re.findall(
        r"(?<!\w)(?:يمكنك|كتبت:|فكر|عد|تخيل|صف|احك|انتبهت|رأيت|أنت|لك|كنت|اكتب|اتصل|فاتصل|تتوقف|تواصل"
        r"|كلماتك|رمزك)(?!\w)",
        _spoken_in("ar"),
    )

    assert singular == []


@pytest.mark.parametrize(
    ("language", "said", "move"),
    [
        ("es", STORIES["es"], Move.ATTENTION),
        ("es", "Mi primo se quería ir.", Move.MORE),
        (
            "es",
            "La gente viene cuando no ve salida y entonces yo escucho lo que me cuentan todos.",
            Move.PARTICULAR,
        ),
        ("es", "No sé", Move.STUCK),
        ("es", "ni idea", Move.STUCK),
        ("es", "La honestidad y el respeto.", Move.SLOGAN),
        ("ar", STORIES["ar"], Move.ATTENTION),
        ("ar", "أراد أن يسافر.", Move.MORE),
        ("ar", "يأتي الناس إلي عندما لا يجدون مخرجا فأستمع إلى كل ما يقولونه لي.", Move.PARTICULAR),
        ("ar", "لا أعرف", Move.STUCK),
        ("ar", "مش عارف", Move.STUCK),
        ("ar", "الصدق والاحترام.", Move.SLOGAN),
    ],
)
def test_a_story_that_is_none_is_asked_for_again(language: str, said: str, move: Move) -> None:
    assert _after(said, language=language).move == move


@pytest.mark.parametrize(
    ("language", "said", "move"),
    [
        ("es", "Me fijé en lo despacio que caminaba y hacia dónde miraba.", Move.CONCRETE),
        ("es", "sus manos", Move.MORE),
        ("es", "Ni idea.", Move.STUCK),
        ("es", "Respeto y confianza.", Move.SLOGAN),
        ("es", "Miré lo que pasaba, porque uno siempre debe decir la verdad a la gente.", Move.NORM),
        ("es", "hay que ayudar a la gente cuando la ves mal", Move.NORM),
        ("es", "Lo miré, porque mis padres siempre esperaban que yo mirara a la cara.", Move.OTHERS),
        ("es", "no quise mirar el telefono por el que diran", Move.OTHERS),
        ("es", "Miré el agua y noté que me sentí muy triste.", Move.FEELING),
        ("ar", "لاحظت كم كان يمشي ببطء وإلى أين كان ينظر.", Move.CONCRETE),
        ("ar", "يداه", Move.MORE),
        ("ar", "لا أدري", Move.STUCK),
        ("ar", "الاحترام والثقة.", Move.SLOGAN),
        ("ar", "نظرت إلى ما حدث، لأنه يجب علينا أن نقول الحقيقة للناس دائما.", Move.NORM),
        ("ar", "لازم الواحد يساعد الناس لما يشوفهم تعبانين", Move.NORM),
        ("ar", "نظرت إليه لأن أهلي كانوا يتوقعون مني أن أنظر إلى الناس.", Move.OTHERS),
        ("ar", "انتبهت إلى الباب خوفا من كلام الناس في الحي كله.", Move.OTHERS),
        ("ar", "نظرت إلى الماء وشعرت بخوف كبير في تلك اللحظة.", Move.FEELING),
    ],
)
def test_follow_ups_answer_to_how_something_was_said(language: str, said: str, move: Move) -> None:
    assert _after(STORIES[language], said, language=language).move == move


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("Noté que callaba al hablar de dinero.", "SEÑALES de que callaba al hablar de dinero"),
        ("Presté atención a las palabras que repetía.", "PALABRAS que repetía"),
        ("Escuché cómo hablaba de su equipo.", "SEÑALES de cómo hablaba de su equipo"),
        ("Me fijé en el tono de su voz.", "SEÑALES en el tono de su voz"),
        ("Sobre todo sus manos.", "SEÑALES en sus manos"),
        ("Me fijé en su voz cuando se quebraba.", "CAMBIOS en su voz cuando se quebraba"),
        ("Los ojos, que no levantaba del suelo.", "SEÑALES en los ojos que no levantaba del suelo"),
        (
            "Noté que cada vez que decía la palabra segura, miraba la puerta.",
            "SEÑALES de que miraba la puerta cada vez que decía la palabra segura",
        ),
        (
            "Cada vez que hablaba de su padre bajaba la voz.",
            "SEÑALES de que bajaba la voz cada vez que hablaba de su padre",
        ),
        (
            "Vi que no se miraba ella, miraba la puerta.",
            "SEÑALES de que no se miraba esa persona, miraba la puerta",
        ),
        ("El agua corría y él no la cerraba.", "SEÑALES de que el agua corría y esa persona no la cerraba"),
        ("El silencio entre nosotros.", "MOMENTOS de silencio entre nosotros"),
        ("Le pregunté qué echaría de menos.", "PREGUNTAS sobre qué echaría de menos"),
        ("Quería dejarla terminar su historia.", "OCASIONES de dejarla terminar su historia"),
        ("Me importaba que él decidiera solo.", "OCASIONES para que alguien decidiera solo"),
        ("Esperé a que volviera a hablar.", "MOMENTOS de esperar a que volviera a hablar"),
        ("La pregunta detrás de la pregunta.", "PREGUNTAS detrás de la pregunta"),
        ("me fije en como le temblaba la voz", "SEÑALES de cómo le temblaba la voz"),
        ("Vi que mi hermana no miraba a nadie.", "SEÑALES de que una hermana no miraba a nadie"),
        ("Observé el miedo del niño a la puerta.", "MOMENTOS de miedo de un niño a la puerta"),
        ("Fíjese en lo que no dice.", "SEÑALES de lo que no dice"),
    ],
)  # fmt: skip
def test_spanish_lines_keep_the_persons_phrase_behind_a_plural_head(said: str, line: str) -> None:
    assert line in _lines(said, "es")


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("لاحظت أنها سكتت حين تحدثنا عن المال.", "علامات تبين أنها سكتت حين تحدثنا عن المال"),
        ("انتبهت إلى الكلمات التي كان يكررها.", "الكلمات التي كان يكررها"),
        ("استمعت إلى نبرة صوته.", "علامات في نبرة صوته"),
        ("يداها أولا.", "علامات في يديها"),
        ("استمعت إلى صوته حين ينخفض.", "تغيرات في صوته حين ينخفض"),
        ("كلما ذكرت أباها، كانت تنظر إلى الباب.", "علامات تبين أنها كانت تنظر إلى الباب كلما ذكرت أباها"),
        ("رأيت أخي يعد الدرج كلما نزل إليها.", "لحظات رأيت فيها أخا يعد الدرج"),
        ("الصمت بيننا.", "لحظات الصمت بيننا"),
        ("سألته عن أيامه الأولى هناك.", "أسئلة عن أيامه الأولى هناك"),
        ("سألتها ماذا تخشى أن تفقد.", "أسئلة تبين ماذا تخشى أن تفقد"),
        ("أردت أن تتكلم حتى النهاية.", "فرص لأن تتكلم حتى النهاية"),
        ("انتظرت حتى هدأ صوته.", "لحظات انتظرت فيها حتى هدأ صوته"),
        ("رأيت يديها ترتجفان.", "لحظات رأيت فيها يديها ترتجفان"),
        ("بصيت على ايده وهو بيتكلم", "علامات في ايده وهو بيتكلم"),
        ("كان صوته ينخفض كلما اقترب أبي.", "علامات تبين أن صوته كان ينخفض كلما اقترب والد"),
        ("لاحظت أن أمي كانت متعبة.", "علامات تبين أن والدة كانت متعبة"),
        ("انتبه إلى ما يخفيه الناس.", "علامات تبين ما يخفيه الناس"),
    ],
)
def test_arabic_lines_begin_with_a_plural_or_a_definite_noun(said: str, line: str) -> None:
    assert line in _lines(said, "ar")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("es", "No me fijé en el dinero."),
        ("es", "Nunca lo escuché."),
        ("es", "¿Es eso lo que quiere decir?"),
        ("ar", "لم ألاحظ المال."),
        ("ar", "شعرت بالحزن."),
        ("ar", "هل هذا ما تقصدونه؟"),
    ],
)
def test_what_was_not_attended_to_is_no_line(language: str, said: str) -> None:
    found = list(tongue_of(language).reading.read_sentence(said, direct=True))

    assert found == []


@pytest.mark.parametrize(
    ("text", "default", "heard"),
    [
        ("her hands", ENGLISH, ENGLISH),
        ("sus manos y cómo me miraba", ENGLISH, SPANISH),
        ("I saw that he was tired", SPANISH, ENGLISH),
        ("no", SPANISH, SPANISH),
        ("no", ENGLISH, ENGLISH),
        ("her hands", ARABIC, ENGLISH),
        ("me fijé en la voz", ARABIC, SPANISH),
        ("نظرت إلى يديه", ENGLISH, ARABIC),
        ("42 ...", ARABIC, ARABIC),
        ("42 ...", SPANISH, SPANISH),
    ],
)
def test_a_text_is_heard_in_the_language_it_is_written_in(text: str, default: Tongue, heard: Tongue) -> None:
    assert hear(text=text, default=default) is heard


def test_somebody_who_writes_another_language_is_read_in_it_and_asked_in_the_interviews() -> None:
    said = (
        "My sister called me one night because she did not know whether to leave her job at all.",
        "I noticed that she went quiet. I listened to how she talked about her team.",
    )
    turns = guided.rehearse(question=QUESTIONS["ar"], answers=said, language="ar")
    card = drafting.draft(turns=turns, language="ar")

    assert turns[-1].text == ARABIC.wording.CONCRETE_QUOTE.format(
        quote="I listened to how she talked about her team"
    )
    assert "SIGNS in how my sister talked about her team" in [policy.text for policy in card.policies]
    assert {policy.attended for policy in card.policies} == {"SIGNS"}
    assert card.summary.startswith("I pay attention to ")
    assert linter.language_of(card) == "en"


def test_somebody_who_changes_the_language_gets_each_line_in_that_of_its_sentence() -> None:
    said = _plain("Hm.", "Me fijé en sus manos. Noté que me miraba. I listened to the words he repeated.")
    card = drafting.draft(turns=said, language="es")

    assert [policy.text for policy in card.policies] == [
        "SEÑALES en sus manos",
        "SEÑALES de que me miraba",
        "WORDS he repeated",
    ]
    assert card.summary == "Presto atención a señales en sus manos y a señales de que me miraba."


@pytest.mark.parametrize("language", TONGUES)
def test_who_says_too_little_is_told_so_and_gets_what_there_is(language: str) -> None:
    wording = tongue_of(language).wording
    turns = guided.rehearse(
        question="?", answers=[{"en": "no", "es": "no", "ar": "لا"}[language]] * 12, language=language
    )
    card = drafting.draft(turns=turns, language=language)

    assert turns[-1].text == wording.CLOSING_LITTLE
    assert len(card.policies) == 1
    assert guided.close(turns=turns, early=True, language=language).text == wording.ENOUGH_LITTLE


SCRIPTS = {
    "en": st.characters(codec="ascii"),
    "es": st.sampled_from("aeiouáéíóúüñbcdlmnrstvq ¿?¡!.,;:«»\n\u0301"),
    "ar": st.characters(min_codepoint=0x600, max_codepoint=0x6FF),
}
PIECES = st.sampled_from(
    """
    I_saw_|that_|her_hands|me_fijé_en_|que_|la_voz|cuando_|no_|لاحظت_|أن_|يديه_|و|،_|._|لأن_|because_|porque_|«|?|؟|
    mi_madre_|أمي_|my_sister_|ﷺ|İ|ß|e\u0301|🙂|-
    """.replace("\n", "")
    .replace(" ", "")
    .replace("_", " ")
    .split("|")
)
ANYTHING = st.one_of(*(st.text(script, max_size=60) for script in SCRIPTS.values()), st.text(max_size=60))
SAID = st.one_of(ANYTHING, st.lists(PIECES, max_size=14).map("".join))


@given(said=st.lists(SAID, min_size=1, max_size=9), language=st.sampled_from(sorted(TONGUES)))
def test_any_text_gets_a_reply_and_a_card_whose_quotes_are_its_own(said: list[str], language: str) -> None:
    turns = guided.rehearse(question="?", answers=said, language=language)
    card = drafting.draft(turns=turns, language=language)

    assert turns == guided.rehearse(question="?", answers=said, language=language)
    assert card == drafting.draft(turns=turns, language=language)
    _check_quotes(card, turns)
    assert bool(card.policies) == bool(answers(turns=turns))


def _check_quotes(card: ValuesCard, turns: list[Turn]) -> None:
    spoken = {turn.position: turn.text for turn in answers(turns=turns)}
    for policy in card.policies:
        assert policy.attended
        for quote in (policy, *policy.more):
            assert quote.turn is not None
            assert quote.quote in spoken[quote.turn]


@given(text=SAID)
def test_every_cue_of_every_language_takes_any_text(text: str) -> None:
    for tongue in TONGUES.values():
        cues = tongue.cues
        answered = [cues.is_stuck(text), cues.is_general(text), cues.speaks_of_others(text)]
        found = [cues.find_slogan(text), cues.find_norm(text), cues.find_feeling(text)]
        assert {type(item) for item in answered} == {bool}
        assert {type(item) for item in found} == {str}
        assert cues.is_short("", story=True)
