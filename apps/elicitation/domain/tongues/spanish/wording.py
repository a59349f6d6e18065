"""Every sentence that the guided interviewer can say in Spanish (*usted*).

A change here is a new ``guided.VERSION``.
"""

from collections.abc import Mapping

from apps.elicitation.domain.moves import Move

OPENING = (
    "Hola. Soy un programa sin IA: esta es una entrevista guiada. Hago una sola pregunta cada vez, y lo que "
    "pregunto después depende de lo que usted responda. No hay respuestas correctas, y puede parar cuando "
    "quiera.\n\n"
    "La pregunta de este estudio es: {question}\n\n"
    "Piense en una vez concreta de su propia vida en que esto se presentó. ¿Qué pasó?"
)
OPENING_AI = (
    "Hola. Soy una IA: aquí pregunta un modelo de lenguaje, una sola cosa cada vez. Puedo entenderle mal, y "
    "usted puede corregirme. No hay respuestas correctas, y puede parar cuando quiera.\n\n"
    "La pregunta de este estudio es: {question}\n\n"
    "Piense en una vez concreta de su propia vida en que esto se presentó. ¿Qué pasó?"
)
CLOSING = (
    "Esa era mi última pregunta. Con sus propias frases he hecho el borrador de una tarjeta que dice a qué "
    "presta atención usted. Junto a cada línea está la frase de la que salió. Léala como un borrador: puede "
    "cambiar cada palabra."
)
CLOSING_LITTLE = (
    "Esa era mi última pregunta. Usted escribió poco que diga a qué presta atención, así que la tarjeta que "
    "he hecho con sus propias frases tiene muy pocas líneas. Léala como un borrador: añada lo que falta y "
    "cambie cada palabra que no le convenza."
)
ENOUGH = (
    "Podemos dejarlo aquí. Con sus propias frases he hecho el borrador de una tarjeta que dice a qué presta "
    "atención usted. Junto a cada línea está la frase de la que salió. Léala como un borrador: puede "
    "cambiar "
    "cada palabra."
)
ENOUGH_LITTLE = (
    "Podemos dejarlo aquí. Usted escribió poco que diga a qué presta atención, así que la tarjeta que he "
    "hecho con sus propias frases tiene muy pocas líneas. Léala como un borrador: añada lo que falta y "
    "cambie cada palabra que no le convenza."
)
MISSING = (
    "¿Qué le falta a la tarjeta, o qué dice mal? Cuénteme con sus propias palabras a qué prestó atención."
)
MODEL_CARD = (
    "He escrito en una tarjeta lo que entendí. Junto a cada línea está la frase de usted de la que salió. "
    "Léala como un borrador: puede cambiar cada palabra."
)
TAKES_OVER = (
    "El modelo de lenguaje no dio una respuesta que sirva, así que sigo yo: soy un programa sin IA, y desde "
    "ahora esta es una entrevista guiada. Lo que usted escribió está guardado."
)
CARD_REDRAFTED = (
    "La tarjeta del modelo de lenguaje no se ceñía a sus palabras, así que se dejó de lado. La tarjeta que "
    "verá la hizo un programa sin IA con las frases de usted."
)

PLANNED: Mapping[Move, str] = {
    Move.ATTENTION: (
        "Vuelva a ese momento. ¿A qué prestó atención? Por ejemplo, qué miró, qué escuchó o qué se preguntó."
    ),
    Move.CONTRAST: (
        "Imagine que otra persona hubiera estado en su lugar y lo hubiera llevado de una manera que usted "
        "no "
        "habría elegido. ¿Qué habría pasado por alto?"
    ),
    Move.ELSEWHERE: (
        "¿Hubo otra ocasión, quizá con otras personas, en que usted prestó atención a lo mismo? ¿A qué fue "
        "allí?"
    ),
    Move.TELL: (
        "Suponga que alguien cercano a usted está a punto de verse en la misma situación. ¿Qué le diría que "
        "mirara o escuchara?"
    ),
}
CONCRETE = (
    "¿Qué vio u oyó exactamente? Descríbalo de modo que alguien que estuviera a su lado también lo hubiera "
    "notado."
)
CONCRETE_QUOTE = (
    "Usted escribió: «{quote}». ¿Qué se podía ver u oír exactamente? Descríbalo de modo que alguien que "
    "estuviera a su lado también lo hubiera notado."
)
DEEPER = "¿Por qué merecía eso su atención? ¿Qué se habría perdido si usted no se hubiera fijado?"
DEEPER_QUOTE = (
    "Quédese un momento con «{quote}». ¿Por qué merece eso su atención, y qué se habría perdido sin ello?"
)

MORE_STORY = "¿Podría contarlo con algo más de detalle? ¿Quién estaba allí, y qué se dijo o se hizo?"
MORE = "Usted escribió: «{quote}». ¿Podría decir algo más? Bastan una o dos frases."
PARTICULAR = "Eso es lo que suele ocurrir. ¿Recuerda una vez en concreto? ¿Qué pasó entonces?"
STUCK_STORY = (
    "No tiene que ser nada grande. Piense en los últimos meses: ¿cuándo se presentó esta pregunta, aunque "
    "fuera por un minuto? También puede ser algo que usted solo presenció."
)
STUCK = "Probemos entonces por otro camino: si vuelve a imaginar la escena, ¿qué es lo primero que ve u oye?"
SLOGAN = (
    "«{word}» puede querer decir muchas cosas. En aquel momento, ¿qué vio, oyó o preguntó usted que hay "
    "detrás de esa palabra?"
)
SLOGAN_STORY = (
    "«{word}» puede querer decir muchas cosas. Cuénteme una vez concreta en que eso estuvo en juego para "
    "usted. ¿Qué pasó?"
)
NORM = (
    "Usted escribió: «{word}». Deje a un lado por un momento lo que se supone que hay que hacer. Si no "
    "hubiera ninguna regla al respecto, ¿a qué habría prestado atención de todos modos?"
)
OTHERS = (
    "Una parte de esto es lo que otros piensan o esperan. Si nadie hubiera llegado a saberlo nunca, ¿a qué "
    "habría prestado atención de todos modos?"
)
FEELING = (
    "Usted escribió: «{word}». ¿Qué había en la situación que le hizo sentir eso? ¿Qué notó justo antes?"
)
