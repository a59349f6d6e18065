"""REST routes of the moral graph, under ``/api/``."""

from django.urls import path

from apps.moralgraph.rest import (
    analyses,
    contexts,
    files,
    graph,
    imports,
    merges,
    objections,
    rows,
    snapshots,
    told,
    transitions,
    values,
)

urlpatterns = [
    path("studies/<slug:slug>/contexts/", contexts.ContextsView.as_view(), name="contexts"),
    path("studies/<slug:slug>/contexts/desk/", contexts.ContextDeskView.as_view(), name="context-desk"),
    path("studies/<slug:slug>/contexts/<int:context_id>/", contexts.ContextView.as_view(), name="context"),
    path(
        "studies/<slug:slug>/contexts/changes/<int:change_id>/",
        contexts.ContextChangeView.as_view(),
        name="context-change",
    ),
    path(
        "studies/<slug:slug>/contexts/proposals/<int:proposal_id>/",
        contexts.ContextProposalView.as_view(),
        name="context-proposal",
    ),
    path("studies/<slug:slug>/values/", values.ValuesView.as_view(), name="values"),
    path("studies/<slug:slug>/values/<int:value_id>/", values.ValueView.as_view(), name="value"),
    path("studies/<slug:slug>/values/<int:value_id>/<int:other_id>/", rows.PairView.as_view(), name="pair"),
    path("studies/<slug:slug>/graph/votes/", rows.VoteRowsView.as_view(), name="vote-rows"),
    path("studies/<slug:slug>/transitions/", transitions.TransitionsView.as_view(), name="transitions"),
    path(
        "studies/<slug:slug>/transitions/<int:transition_id>/retirement/",
        transitions.TransitionRetirementView.as_view(),
        name="transition-retirement",
    ),
    path("studies/<slug:slug>/stories/told/", told.ToldView.as_view(), name="told-stories"),
    path("studies/<slug:slug>/stories/told/<int:own_id>/", told.OwnStoryView.as_view(), name="told-story"),
    path("studies/<slug:slug>/stories/<int:story_id>/", transitions.StoryView.as_view(), name="story"),
    path(
        "studies/<slug:slug>/stories/<int:story_id>/retirement/",
        transitions.StoryRetirementView.as_view(),
        name="story-retirement",
    ),
    path("studies/<slug:slug>/objections/", objections.ObjectionsView.as_view(), name="objections"),
    path(
        "studies/<slug:slug>/objections/<int:objection_id>/",
        objections.ObjectionView.as_view(),
        name="objection",
    ),
    path("studies/<slug:slug>/merges/", merges.MergesView.as_view(), name="merges"),
    path("studies/<slug:slug>/merges/history/", merges.MergeHistoryView.as_view(), name="merge-history"),
    path("studies/<slug:slug>/merges/splits/", merges.MergeSplitsView.as_view(), name="merge-splits"),
    path("studies/<slug:slug>/merges/opinions/", merges.MergeOpinionsView.as_view(), name="merge-opinions"),
    path(
        "studies/<slug:slug>/merges/decisions/<int:decision_id>/",
        merges.MergeDecisionView.as_view(),
        name="merge-decision",
    ),
    path(
        "studies/<slug:slug>/merges/<int:low>/<int:high>/", merges.MergePairView.as_view(), name="merge-pair"
    ),
    path("studies/<slug:slug>/graph/", graph.GraphView.as_view(), name="graph"),
    path("studies/<slug:slug>/graph/file/", files.GraphFileView.as_view(), name="graph-file"),
    path("studies/<slug:slug>/graph/imports/", imports.GraphImportsView.as_view(), name="graph-imports"),
    path(
        "studies/<slug:slug>/graph/imports/<int:import_id>/",
        imports.GraphImportView.as_view(),
        name="graph-import",
    ),
    path("studies/<slug:slug>/graph/mge-export/", graph.MgeExportView.as_view(), name="mge-export"),
    path("studies/<slug:slug>/graph/votes-export/", graph.VotesExportView.as_view(), name="votes-export"),
    path("studies/<slug:slug>/graph/votes-table/", graph.VotesTableView.as_view(), name="votes-table"),
    path("studies/<slug:slug>/graph/influence/", analyses.InfluenceView.as_view(), name="influence"),
    path("studies/<slug:slug>/graph/groups/", analyses.GroupsView.as_view(), name="groups"),
    path("studies/<slug:slug>/snapshots/", snapshots.SnapshotsView.as_view(), name="snapshots"),
    path(
        "studies/<slug:slug>/snapshots/<int:snapshot_id>/", snapshots.SnapshotView.as_view(), name="snapshot"
    ),
    path(
        "studies/<slug:slug>/snapshots/<int:snapshot_id>/drift/", analyses.DriftView.as_view(), name="drift"
    ),
]
