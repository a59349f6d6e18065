"""Routes of discretion, under ``/api/``."""

from django.urls import path

from apps.discretion.rest import agreement, audits, desk, measures

STUDY = "studies/<slug:slug>/audits/"
AUDIT = f"{STUDY}<int:audit_id>/"

urlpatterns = [
    path(STUDY, audits.AuditsView.as_view(), name="audits"),
    path(AUDIT, audits.OneAuditView.as_view(), name="audit"),
    path(f"{AUDIT}imports/", audits.ImportsView.as_view(), name="imports"),
    path(f"{AUDIT}imports/preview/", audits.PreviewView.as_view(), name="preview-import"),
    path(f"{AUDIT}imports/<int:import_id>/", audits.ImportView.as_view(), name="import"),
    path(f"{AUDIT}principles/", audits.PrinciplesView.as_view(), name="principles"),
    path(f"{AUDIT}principles/<int:principle_id>/", audits.PrincipleView.as_view(), name="principle"),
    path(f"{AUDIT}annotators/", audits.AnnotatorsView.as_view(), name="annotators"),
    path(f"{AUDIT}data-sets/", audits.DataSetsView.as_view(), name="audit-data-sets"),
    path(f"{AUDIT}measures/", measures.MeasuresView.as_view(), name="measures"),
    path(f"{AUDIT}agreement/", agreement.AgreementView.as_view(), name="agreement"),
    path(f"{AUDIT}courses/", agreement.CoursesView.as_view(), name="courses"),
    path(f"{AUDIT}distance/", agreement.DistanceView.as_view(), name="distance"),
    path(f"{AUDIT}report/", measures.ReportView.as_view(), name="audit-report"),
    path(f"{AUDIT}comparisons/<uuid:comparison_id>/", measures.ComparisonView.as_view(), name="comparison"),
    path(f"{AUDIT}comparisons/", measures.ComparisonsView.as_view(), name="comparisons"),
    path(f"{AUDIT}next/", desk.NextView.as_view(), name="next"),
    path(f"{AUDIT}verdicts/undo/", desk.UndoView.as_view(), name="undo-verdict"),
    path(f"{AUDIT}mine/", desk.MineView.as_view(), name="mine"),
]
