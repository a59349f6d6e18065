"""Routes of the ground floor."""

from django.urls import path, re_path

from apps.shared import pages, rest

urlpatterns = [
    path("", pages.home, name="home"),
    path("healthz", pages.healthz, name="healthz"),
    re_path(r"^studio(?:/(?P<path>.*))?$", pages.studio, name="studio"),
    path("api/me/", rest.MeView.as_view(), name="me"),
    path("api/studies/<slug:slug>/jobs/<uuid:job_id>/", rest.JobView.as_view(), name="job"),
    path("api/studies/<slug:slug>/audit-log/", rest.AuditLogView.as_view(), name="audit-log"),
]
