"""Endpoints of elicitation for staff."""

from django.urls import path

from apps.elicitation.rest import coding, exports, members, pilots, places, protocols, room, transcripts

STUDY = "studies/<slug:slug>/"
PARTICIPANT = STUDY + "participants/<uuid:participant_id>/"
urlpatterns = [
    path("studies/", protocols.StudiesView.as_view(), name="studies"),
    path(STUDY + "room/", room.RoomView.as_view(), name="room"),
    path(PARTICIPANT + "transcript/", transcripts.TranscriptView.as_view(), name="transcript"),
    path(PARTICIPANT + "help/", room.HelpView.as_view(), name="help-participant"),
    path(PARTICIPANT + "passages/", coding.PassagesView.as_view(), name="passages"),
    path(STUDY + "passages/<int:passage_id>/", coding.PassageView.as_view(), name="passage"),
    path(STUDY + "transcripts/", transcripts.SearchView.as_view(), name="search-transcripts"),
    path(STUDY + "places/", places.PlacesView.as_view(), name="places"),
    path(STUDY + "members/", members.MembersView.as_view(), name="members"),
    path(STUDY + "members/<int:user_id>/", members.MemberView.as_view(), name="member"),
    path(STUDY + "codes/", coding.CodesView.as_view(), name="codes"),
    path(STUDY + "codes/<int:code_id>/", coding.CodeView.as_view(), name="code"),
    path(STUDY + "codes/<int:code_id>/passages/", coding.CodePassagesView.as_view(), name="code-passages"),
    path(STUDY + "pilots/", pilots.PilotsView.as_view(), name="pilots"),
    path(STUDY + "pilots/<int:pilot_id>/", pilots.PilotView.as_view(), name="pilot"),
    path(STUDY + "pilots/<int:pilot_id>/stop/", pilots.StopPilotView.as_view(), name="pilot-stop"),
    path(STUDY + "pilots/<int:pilot_id>/resume/", pilots.ResumePilotView.as_view(), name="pilot-resume"),
    path(STUDY + "pilots/<int:pilot_id>/file/", pilots.PilotFileView.as_view(), name="pilot-file"),
    path(STUDY + "exports/", exports.ExportsView.as_view(), name="exports"),
    path(STUDY + "exports/<uuid:export_id>/", exports.ExportView.as_view(), name="export"),
    path(STUDY + "exports/<uuid:export_id>/file/", exports.ExportFileView.as_view(), name="export-file"),
    path(STUDY + "protocol/", protocols.ProtocolView.as_view(), name="protocol"),
    path(STUDY + "protocol/state/", protocols.StateView.as_view(), name="protocol-state"),
]
