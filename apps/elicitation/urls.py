"""The participants' addresses."""

from django.urls import path

from apps.elicitation.pages import (
    about,
    card,
    interview,
    keep,
    languages,
    left,
    mine,
    pilot,
    preview,
    result,
    study,
    votes,
    wise,
    withdraw,
)

app_name = "elicitation"
urlpatterns = [
    path("s/<slug:slug>/", study.study, name="study"),
    path("s/<slug:slug>/preview/", preview.preview, name="preview"),
    path("s/<slug:slug>/pilot/<str:token>/", pilot.pilot, name="pilot"),
    path("s/<slug:slug>/come-back/", study.come_back, name="come-back"),
    path("s/<slug:slug>/too-young/", study.ineligible, name="ineligible"),
    path("s/<slug:slug>/language", languages.choose_at_door, name="language-at-door"),
    path("p/<str:token>/", study.resume, name="resume"),
    path("p/<str:token>/language", languages.choose, name="language"),
    path("p/<str:token>/receipt", study.receipt, name="receipt"),
    path("p/<str:token>/receipt.txt", study.receipt_file, name="receipt-file"),
    path("p/<str:token>/data.json", keep.data, name="data"),
    path("p/<str:token>/about", about.about, name="about"),
    path("p/<str:token>/question", about.question, name="question"),
    path("p/<str:token>/wise", wise.wise, name="wise"),
    path("p/<str:token>/survey", wise.survey, name="survey"),
    path("p/<str:token>/left", left.left, name="left"),
    path("p/<str:token>/interview", interview.interview, name="interview"),
    path("p/<str:token>/card", card.card, name="card"),
    path("p/<str:token>/votes", votes.votes, name="votes"),
    path("p/<str:token>/result", result.result, name="result"),
    path("p/<str:token>/done", result.done, name="done"),
    path("p/<str:token>/object", mine.object_to_merge, name="object"),
    path("p/<str:token>/trouble", left.trouble, name="trouble"),
    path("p/<str:token>/withdraw", withdraw.withdraw, name="withdraw"),
]
