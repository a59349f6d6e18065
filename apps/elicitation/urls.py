"""The participants' addresses."""

from django.urls import path

from apps.elicitation.pages import card, interview, result, study, votes, withdraw

app_name = "elicitation"
urlpatterns = [
    path("s/<slug:slug>/", study.study, name="study"),
    path("s/<slug:slug>/come-back/", study.come_back, name="come-back"),
    path("s/<slug:slug>/too-young/", study.ineligible, name="ineligible"),
    path("p/<str:token>/", study.resume, name="resume"),
    path("p/<str:token>/receipt", study.receipt, name="receipt"),
    path("p/<str:token>/receipt.txt", study.receipt_file, name="receipt-file"),
    path("p/<str:token>/interview", interview.interview, name="interview"),
    path("p/<str:token>/card", card.card, name="card"),
    path("p/<str:token>/votes", votes.votes, name="votes"),
    path("p/<str:token>/result", result.result, name="result"),
    path("p/<str:token>/done", result.done, name="done"),
    path("p/<str:token>/withdraw", withdraw.withdraw, name="withdraw"),
]
