"""Routes of discretion, under ``/api/``."""

from django.urls import path

from apps.discretion.rest import (
    agreement,
    annotators,
    audits,
    batches,
    checkpoints,
    contexts,
    data_sets,
    desk,
    disputes,
    guidance,
    instant_models,
    measures,
)

STUDY = "studies/<slug:slug>/audits/"
AUDIT = f"{STUDY}<int:audit_id>/"
ANNOTATOR = f"{AUDIT}annotators/<int:annotator_id>/"
BATCH = f"{AUDIT}batches/<int:batch_id>/"
CHECKPOINT = "studies/<slug:slug>/checkpoints/<uuid:checkpoint_id>/"

urlpatterns = [
    path(STUDY, audits.AuditsView.as_view(), name="audits"),
    path(AUDIT, audits.OneAuditView.as_view(), name="audit"),
    path(f"{CHECKPOINT}audits/", checkpoints.JoinedAuditsView.as_view(), name="checkpoint-audits"),
    path(f"{AUDIT}imports/", audits.ImportsView.as_view(), name="imports"),
    path(f"{AUDIT}imports/preview/", audits.PreviewView.as_view(), name="preview-import"),
    path(f"{AUDIT}imports/<int:import_id>/", audits.ImportView.as_view(), name="import"),
    path(f"{AUDIT}principles/", audits.PrinciplesView.as_view(), name="principles"),
    path(f"{AUDIT}principles/<int:principle_id>/", audits.PrincipleView.as_view(), name="principle"),
    path(f"{AUDIT}annotators/", annotators.AnnotatorsView.as_view(), name="annotators"),
    path(f"{AUDIT}annotators/forecast/", annotators.ForecastView.as_view(), name="annotator-forecast"),
    path(f"{ANNOTATOR}pause/", annotators.PauseView.as_view(), name="annotator-pause"),
    path(f"{ANNOTATOR}resume/", annotators.ResumeView.as_view(), name="annotator-resume"),
    path(f"{ANNOTATOR}ask-again/", annotators.AskAgainView.as_view(), name="annotator-ask-again"),
    path(f"{ANNOTATOR}replies/", annotators.RepliesView.as_view(), name="annotator-replies"),
    path(f"{AUDIT}data-sets/", data_sets.DataSetsView.as_view(), name="audit-data-sets"),
    path(f"{AUDIT}data-sets/pair/", data_sets.DataSetPairView.as_view(), name="audit-data-set-pair"),
    path(f"{AUDIT}may-be-heard/", data_sets.MayBeHeardView.as_view(), name="may-be-heard"),
    path(f"{AUDIT}instant-model/", instant_models.InstantModelView.as_view(), name="instant-model"),
    path(
        "studies/<slug:slug>/instant-models/",
        instant_models.InstantModelsView.as_view(),
        name="instant-models",
    ),
    path(f"{AUDIT}measures/", measures.MeasuresView.as_view(), name="measures"),
    path(f"{AUDIT}leave-one-out/", measures.LeaveOneOutView.as_view(), name="leave-one-out"),
    path(f"{AUDIT}agreement/", agreement.AgreementView.as_view(), name="agreement"),
    path(f"{AUDIT}courses/", agreement.CoursesView.as_view(), name="courses"),
    path(f"{AUDIT}distance/", agreement.DistanceView.as_view(), name="distance"),
    path(f"{AUDIT}report/", measures.ReportView.as_view(), name="audit-report"),
    path(f"{AUDIT}comparisons/<uuid:comparison_id>/", measures.ComparisonView.as_view(), name="comparison"),
    path(f"{AUDIT}contexts/", contexts.ContextsView.as_view(), name="comparison-contexts"),
    path(f"{AUDIT}comparisons/", measures.ComparisonsView.as_view(), name="comparisons"),
    path(f"{AUDIT}next/", desk.NextView.as_view(), name="next"),
    path(f"{AUDIT}verdicts/undo/", desk.UndoView.as_view(), name="undo-verdict"),
    path(f"{AUDIT}mine/", desk.MineView.as_view(), name="mine"),
    path(f"{AUDIT}mine/standing/", desk.StandingView.as_view(), name="my-standing"),
    path(f"{AUDIT}mine/<uuid:comparison_id>/", desk.OwnVerdictView.as_view(), name="my-verdict"),
    path(f"{AUDIT}mine/batches/<int:batch_id>/again/", desk.TryAgainView.as_view(), name="try-again"),
    path(f"{AUDIT}guidelines/", guidance.GuidelinesView.as_view(), name="guidelines"),
    path(
        f"{AUDIT}annotation-protocol/", guidance.AnnotationProtocolView.as_view(), name="annotation-protocol"
    ),
    path(f"{AUDIT}batches/", batches.BatchesView.as_view(), name="batches"),
    path(BATCH, batches.BatchView.as_view(), name="batch"),
    path(f"{BATCH}members/<int:member_id>/hand-over/", batches.HandOverView.as_view(), name="hand-over"),
    path(f"{BATCH}members/<int:member_id>/admission/", batches.AdmissionView.as_view(), name="admission"),
    path(f"{AUDIT}probes/", batches.ProbesView.as_view(), name="probes"),
    path(f"{AUDIT}probes/<uuid:probe_id>/", batches.ProbeView.as_view(), name="probe"),
    path(f"{AUDIT}quality/", batches.QualityView.as_view(), name="annotation-quality"),
    path(f"{AUDIT}disputes/", disputes.DisputesView.as_view(), name="disputes"),
    path(
        f"{AUDIT}comparisons/<uuid:comparison_id>/decisions/",
        disputes.DecisionsView.as_view(),
        name="decisions",
    ),
    path(f"{AUDIT}gaps/", disputes.GapsView.as_view(), name="gaps"),
    path(f"{AUDIT}verdicts.csv", disputes.VerdictTableView.as_view(), name="verdict-table"),
]
