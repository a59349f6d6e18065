"""The demo study's texts and the usual survey in Spanish and Arabic; ``demo`` has the English ones."""

from apps.elicitation.domain.protocol import Texts

OTHERS: dict[str, Texts] = {
    "title": {
        "es": "Cuando la gente pide consejo a una IA",
        "ar": "حين يطلب الناس المشورة من الذكاء الاصطناعي",
    },
    "When someone is in distress": {"es": "Cuando alguien está angustiado", "ar": "حين يكون أحدهم في ضيق"},
    "When the choice cannot be undone": {
        "es": "Cuando la decisión no tiene vuelta atrás",
        "ar": "حين لا رجعة في القرار",
    },
    "When others will be affected": {"es": "Cuando afectará a otras personas", "ar": "حين يمس القرار آخرين"},
    "question_title": {"es": "Un consejo en una decisión difícil", "ar": "المشورة في قرار صعب"},
    "question": {
        "es": (
            "Cuando alguien le pide consejo sobre una decisión personal difícil, ¿en qué se fija "
            "usted? "
            "Queremos averiguar en qué debería fijarse una IA cuando la gente se lo pide."
        ),
        "ar": (
            "حين يطلب منكم أحدٌ المشورة في قرار شخصي صعب، ما الذي تنتبهون إليه؟ نريد أن نعرف ما "
            "الذي ينبغي "
            "للذكاء الاصطناعي أن ينتبه إليه حين يسأله الناس."
        ),
    },
    "disclosure": {
        "es": (
            "La gente pide consejo a sistemas de IA sobre separaciones, enfermedades, trabajo y "
            "familia. Este "
            "estudio pregunta a personas que han dado ese tipo de consejo en qué se fijan cuando "
            "lo hacen bien. "
            "Usted habla de un momento real, lee una tarjeta redactada a partir de sus palabras, "
            "la cambia hasta "
            "que sea suya, y juzga cinco historias breves."
        ),
        "ar": (
            "يطلب الناس المشورة من أنظمة الذكاء الاصطناعي في الانفصال والمرض والعمل والأسرة. "
            "تسأل هذه الدراسة "
            "أشخاصًا قدّموا مثل هذه المشورة بأنفسهم عمّا ينتبهون إليه حين يُحسنون ذلك. تتحدثون "
            "عن موقف حقيقي واحد، "
            "ثم تقرأون بطاقة صيغت من كلماتكم، وتغيّرونها حتى تصير بطاقتكم، ثم تحكمون على خمس "
            "قصص قصيرة."
        ),
    },
    "who_may_read": {
        "es": (
            "Las personas que investigan en este estudio pueden leer lo que usted escribe. Lo "
            "que escribe no se "
            "publica si usted no lo marca abajo."
        ),
        "ar": "يجوز لباحثي هذه الدراسة أن يقرأوا ما تكتبونه. ولا يُنشر ما تكتبونه من دون موافقتكم أدناه.",
    },
    "consent": {
        "es": (
            "Qué ocurre. Se le entrevista por escrito con unas siete preguntas, recibe una "
            "tarjeta que dice en "
            "qué se fija, puede cambiarla, y juzga cinco historias breves. Dura unos quince minutos.\n\n"
            "Qué se guarda. Sus respuestas, su tarjeta, sus juicios y las horas. Ningún nombre, "
            "ninguna dirección "
            "de correo y ninguna cuenta. Por favor, no escriba nombres de otras personas.\n\n"
            "Para qué se usa. Su tarjeta pasa a formar parte de un mapa de valores junto con las "
            "tarjetas de "
            "otras personas. Usted decide abajo si se pueden citar frases suyas y si se puede "
            "entrenar un modelo "
            "con sus respuestas.\n\n"
            "Sus derechos. La participación es voluntaria. Puede parar en cualquier momento, y "
            "puede retirarse "
            "más tarde con su enlace o su código: entonces se borran sus palabras.\n\n"
            "Riesgos. Pensar en una decisión difícil puede ser desagradable. Usted elige la "
            "historia, y puede "
            "omitir cualquier pregunta.\n\n"
            "Esto es una demostración: los demás participantes son simulados y nadie evalúa sus "
            "respuestas."
        ),
        "ar": (
            "ما الذي يحدث. تُجرى معكم مقابلة كتابية من نحو سبعة أسئلة، ثم تصلكم بطاقة تقول ما "
            "تنتبهون إليه، "
            "ويمكنكم تغييرها، ثم تحكمون على خمس قصص قصيرة. يستغرق ذلك نحو خمس عشرة دقيقة.\n\n"
            "ما الذي يُحفظ. إجاباتكم وبطاقتكم وأحكامكم والأوقات. لا اسم ولا بريد إلكتروني ولا "
            "حساب. يرجى عدم كتابة "
            "أسماء أشخاص آخرين.\n\n"
            "فيمَ يُستخدم. تصبح بطاقتكم جزءًا من خريطة للقيم مع بطاقات الآخرين. ولكم أن تختاروا "
            "أدناه هل يجوز اقتباس "
            "جُمل من كلامكم، وهل يجوز تدريب نموذج على إجاباتكم.\n\n"
            "حقوقكم. المشاركة طوعية. يمكنكم التوقف في أي وقت، ويمكنكم الانسحاب لاحقًا برابطكم أو "
            "برمزكم: عندئذ تُمحى "
            "كلماتكم.\n\n"
            "المخاطر. قد يكون التفكير في قرار صعب مزعجًا. أنتم تختارون القصة، ولكم ترك أي سؤال.\n\n"
            "هذا عرض تجريبي: المشاركون الآخرون محاكاة، ولا أحد يقيّم إجاباتكم."
        ),
    },
    "enjoyed": {
        "es": "Participar me resultó agradable o significativo.",
        "ar": "كانت المشاركة ممتعة أو ذات معنى بالنسبة إليّ.",
    },
    "trusts": {
        "es": "Confiaría en esta manera de averiguar en qué debería fijarse una IA.",
        "ar": "أثق بهذه الطريقة في معرفة ما ينبغي للذكاء الاصطناعي أن ينتبه إليه.",
    },
    "reaches": {
        "es": "Creo que lo que aporté llegará al resultado.",
        "ar": "أعتقد أن ما أسهمتُ به سيصل إلى النتيجة.",
    },
    "expresses": {
        "es": "Mi tarjeta y mis respuestas expresan lo que me importa.",
        "ar": "تعبّر بطاقتي وإجاباتي عمّا يهمّني.",
    },
    "clarified": {
        "es": "Me ayudó a ver lo que me importa en esto.",
        "ar": "ساعدتني على رؤية ما يهمّني في هذا الأمر.",
    },
    "learned": {
        "es": "Aprendí algo sobre lo que les importa a otras personas.",
        "ar": "تعلّمتُ شيئًا عمّا يهمّ الآخرين.",
    },
    "respects": {
        "es": "Respeto a las demás personas participantes más que antes.",
        "ar": "صرتُ أحترم المشاركين الآخرين أكثر من ذي قبل.",
    },
    "lost": {
        "es": "¿Dónde se perdió, o habría preferido parar?",
        "ar": "أين شعرتم بالحيرة، أو كنتم تفضّلون التوقف؟",
    },
    "age": {"es": "¿Cuántos años tiene?", "ar": "كم عمركم؟"},
    "under_30": {"es": "Menos de 30", "ar": "أقل من 30"},
    "from_30": {"es": "De 30 a 49", "ar": "من 30 إلى 49"},
    "from_50": {"es": "De 50 a 64", "ar": "من 50 إلى 64"},
    "from_65": {"es": "65 o más", "ar": "65 أو أكثر"},
    "work": {
        "es": "¿Qué tipo de trabajo hace, o hacía?",
        "ar": "ما نوع العمل الذي تقومون به، أو كنتم تقومون به؟",
    },
}
