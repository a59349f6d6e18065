"""Five people who answer in Spanish."""

from apps.elicitation.domain.moves import Move
from tests.elicitation.people.person import Person

TERSE = Person(
    key="es-terse",
    language="es",
    manner="terse: a shepherd from Teruel",
    answers={
        Move.STORY: "Mi nieto, por si dejaba los estudios.",
        Move.MORE: "El verano pasado, arriba en el monte. Vino andando solo y se sentó en la piedra.",
        Move.ATTENTION: "Cómo andaba. Los ojos, que no levantaba del suelo.",
        Move.CONCRETE: "Arrancaba hierba y la rompía en trozos.",
        Move.DEEPER: "Porque la boca dice lo que quiere y el cuerpo no.",
        Move.CONTRAST: "No habría visto que vino sin el teléfono.",
        Move.ELSEWHERE: "Con mi mujer, cuando lo de vender las ovejas. El silencio en la cena.",
        Move.TELL: "Que mire los pies. Y que se calle.",
        Move.STUCK: "La hierba en las manos.",
    },
)
TALKATIVE = Person(
    key="es-talkative",
    language="es",
    manner="talkative, voseo: a hairdresser from Rosario",
    names=("Marta", "Rosario"),
    answers={
        Move.STORY: (
            "Mirá, yo tengo una peluquería en Rosario desde hace veinte años, así que consejos me piden "
            "todos los "
            "días. Pero la que no me olvido es Marta, una clienta de toda la vida, que vino un martes a "
            "la mañana "
            "y me preguntó si tenía que contarle al hijo que era adoptado. Se lo había guardado treinta "
            "años."
        ),
        Move.ATTENTION: (
            "Yo la miraba por el espejo, que es una ventaja que tenemos nosotras. Me fijé en que no se "
            "miraba "
            "ella, miraba la puerta. Y estuve atenta a las palabras que elegía, porque decía «el nene» y "
            "el nene "
            "tiene treinta años."
        ),
        Move.CONCRETE: (
            "Tenía la cartera apretada contra la panza, con la capa puesta y todo. Y cada vez que entraba "
            "alguien "
            "cambiaba de tema y me hablaba del flequillo."
        ),
        Move.DEEPER: (
            "Porque un secreto así no se cuenta para descargarse una, se cuenta para el otro. Si yo le "
            "decía «sí, "
            "contale», se iba contenta conmigo y sola con el problema."
        ),
        Move.CONTRAST: (
            "Otra le hubiera dicho que la verdad ante todo y listo. No se habría dado cuenta de que ella "
            "ya tenía "
            "la carta escrita. Me enteré al final, cuando sacó un sobre de la cartera."
        ),
        Move.ELSEWHERE: (
            "Sí, con mi socia, cuando quiso abrir otro local. Le pregunté qué iba a extrañar de este. Y "
            "me fijé en "
            "cómo acomodaba los peines mientras me contestaba."
        ),
        Move.TELL: (
            "Le diría que escuche lo que la persona repite. Que mire qué hace con las manos. Y que espere "
            "a que "
            "termine de hablar, aunque se enfríe el café."
        ),
        Move.OTHERS: "Me habría fijado igual en la carta que no mostraba.",
        Move.NORM: "Me habría fijado en la cartera y en lo que tardaba en irse.",
        Move.FEELING: "Noté que le temblaba la pera.",
    },
)
NORMS = Person(
    key="es-norms",
    language="es",
    manner="slogans and norms: an eldest daughter who speaks of respect, duty and what people will say",
    answers={
        Move.STORY: "El respeto y la familia ante todo.",
        Move.SLOGAN: (
            "Mi hermano menor me preguntó en Navidad si podía no ir a la casa de mi papá. Estábamos en el "
            "patio, "
            "lavando los platos de la cena."
        ),
        Move.ATTENTION: (
            "Una buena hija tiene que pensar en sus padres. Pero vi que mi hermano lavaba el mismo plato "
            "tres "
            "veces. Me pregunté si tenía miedo de volver a esa casa."
        ),
        Move.NORM: (
            "Me habría fijado en la voz de mi hermano cuando dice «papá». Y en las cosas que no cuenta de "
            "cuando "
            "vivían juntos."
        ),
        Move.CONCRETE: (
            "El agua corría y él no la cerraba. Tenía los hombros encogidos como cuando era chico."
        ),
        Move.DEEPER: "Porque si solo escucho la obligación, no escucho a la persona.",
        Move.CONTRAST: "Mi tía habría pasado por alto que él dormía con la luz prendida.",
        Move.ELSEWHERE: (
            "Con una compañera del trabajo que no quería invitar a su madre a la boda. Le pregunté qué "
            "recuerdo "
            "le daba más tristeza."
        ),
        Move.TELL: "Fíjese en lo que la persona hace con las manos mientras dice que está bien.",
        Move.OTHERS: (
            "Si nadie lo supiera, habría mirado más a mi hermano y menos la cara de mi mamá. Quería que él "
            "pudiera decir que no."
        ),
        Move.FEELING: "Noté que él no me miraba.",
    },
)
PHONE = Person(
    key="es-phone",
    language="es",
    manner="phone typing, colloquial Mexican Spanish: no accents, no full stops",
    answers={
        Move.STORY: (
            "pues mi compadre me pidio consejo el mes pasado q si se iba al otro lado con su primo "
            "estabamos en la "
            "banqueta tomando un refresco y ya traia la mochila"
        ),
        Move.ATTENTION: (
            "me fije en la mochila q ya la traia hecha y le vi los ojos rojos y note q no me decia nada "
            "de su niña"
        ),
        Move.CONCRETE: (
            "la mochila tenia colgado un monito de peluche de la niña y el lo agarraba y lo soltaba"
        ),
        Move.DEEPER: (
            "xq si uno nomas le dice vete o no te vayas no le ayudas el ya traia la respuesta en la mochila"
        ),
        Move.CONTRAST: "otro no se hubiera fijado en el monito y le hubiera hablado de la lana",
        Move.ELSEWHERE: (
            "con mi jefita cuando se queria operar le pregunte q le daba mas miedo y me quede viendo sus "
            "manos"
        ),
        Move.TELL: "q se fije en lo q la persona trae cargando y q no le de prisa",
        Move.FEELING: "pues note q se quedo callado cuando paso un niño",
        Move.MORE: "me fije en como la agarraba",
    },
)
SECOND_LANGUAGE = Person(
    key="es-second-language",
    language="es",
    manner="second language, mixed feelings: a German student whose genders and verbs go their own way",
    answers={
        Move.STORY: (
            "Cuando yo vivía en Granada, mi compañera de piso me preguntó si debe terminar con su novio. "
            "Fue en la "
            "cocina y ella cocinaba una sopa muy tarde en la noche."
        ),
        Move.ATTENTION: (
            "Yo escuchaba las pausas entre sus frases. Y miraba si ella sonríe cuando dice el nombre de él. "
            "También pensaba en mi examen, tengo que decir la verdad."
        ),
        Move.NORM: "Sin regla yo miraba la sopa, porque ella ponía demasiado sal y no notaba nada.",
        Move.CONCRETE: (
            "Ella movía la sopa todo el tiempo en la misma dirección. Y no ha mirado su móvil ni una vez."
        ),
        Move.DEEPER: (
            "Porque una persona cansada no puede escuchar a sí misma, y yo quería darle un poco de tiempo."
        ),
        Move.FEELING: "Me di cuenta de que yo también estaba esperando que termine la conversación.",
        Move.CONTRAST: "Otra persona no habría notado el móvil que estaba boca abajo.",
        Move.ELSEWHERE: (
            "Con mi padre, cuando él perdió el trabajo. Observé cómo ordenaba las herramientas cada día."
        ),
        Move.TELL: "Escucha las pausas. Pregúntale qué hace ella cuando está sola.",
        Move.OTHERS: "Yo miraba la sopa igual.",
    },
)
SPANISH = (TERSE, TALKATIVE, NORMS, PHONE, SECOND_LANGUAGE)
