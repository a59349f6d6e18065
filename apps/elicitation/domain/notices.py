"""What a page is told about a reply, in every language; written by people, fixed."""

SLOW = {
    "en": "The reply takes longer than usual. Your answer is kept. You can wait, or ask for the reply again.",
    "es": (
        "La respuesta tarda más de lo normal. Lo que escribiste está guardado. "
        "Puedes esperar o pedirla otra vez."
    ),
    "ar": "يتأخر الرد أكثر من المعتاد. ما كتبته محفوظ. يمكنك أن تنتظر أو أن تطلب الرد من جديد.",
}
TAKEN_OVER = {
    "en": "The language model did not answer; a program without AI goes on.",
    "es": "El modelo de lenguaje no respondió; sigue un programa sin IA.",
    "ar": "لم يجب النموذج اللغوي، ويواصل برنامج بلا ذكاء اصطناعي.",
}
DISTRESS = {
    "en": "The interview is paused. You can stop here with your code, or go on.",
    "es": "La entrevista está en pausa. Puedes parar aquí con tu código o seguir.",
    "ar": "المقابلة متوقفة مؤقتا. يمكنك أن تتوقف هنا مع رمزك أو أن تواصل.",
}
