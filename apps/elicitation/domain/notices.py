"""What a page is told about a reply, in every language; written by people, fixed."""

SLOW = {
    "en": "The reply takes longer than usual. Your answer is kept. You can wait, or ask for the reply again.",
    "es": (
        "La respuesta tarda más de lo normal. Lo que escribió está guardado. "
        "Puede esperar o pedirla otra vez."
    ),
    "ar": "يتأخر الرد أكثر من المعتاد. ما كتبتموه محفوظ. يمكنكم أن تنتظروا أو أن تطلبوا الرد من جديد.",
}
TAKEN_OVER = {
    "en": "The language model gave no answer that can be used; a program without AI goes on.",
    "es": "El modelo de lenguaje no dio una respuesta que sirva; sigue un programa sin IA.",
    "ar": "لم يعط النموذج اللغوي جوابا يصلح، ويواصل برنامج بلا ذكاء اصطناعي.",
}
DISTRESS = {
    "en": "The interview is paused. You can stop here with your code, or go on.",
    "es": "La entrevista está en pausa. Puede parar aquí con su código o seguir.",
    "ar": "المقابلة متوقفة مؤقتا. يمكنكم أن تتوقفوا هنا مع رمزكم أو أن تواصلوا.",
}
