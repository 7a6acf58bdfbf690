from django.urls import path

from . import batch_views as batches
from . import column_views as columns
from . import evidence_views as evidence
from . import publication_views as publication
from . import views

app_name = "records"
urlpatterns = [
    path("publication/", publication.PublicationView.as_view(), name="publication"),
    path("publication/csv/", publication.PublicationFileView.as_view(), name="publication_file"),
    path("", views.ListView.as_view(), name="list"),
    path("overview/", views.OverviewView.as_view(), name="overview"),
    path("columns/", columns.ColumnsView.as_view(), name="columns"),
    path("columns/<uuid:pk>/forget/", columns.ForgetColumnView.as_view(), name="forget_column"),
    path("cleared/<uuid:pk>/forget/", columns.ForgetClearedView.as_view(), name="forget_cleared"),
    path("<uuid:pk>/", views.MonthView.as_view(), name="month"),
    path("<uuid:pk>/enter/", views.EnterView.as_view(), name="enter"),
    path("<uuid:pk>/form/", views.BlankFormView.as_view(), name="blank_form"),
    path("<uuid:pk>/upload/", batches.UploadView.as_view(), name="upload"),
    path(
        "<uuid:pk>/do/<str:transition>/",
        views.ReportTransitionView.as_view(),
        name="report_transition",
    ),
    path("<uuid:pk>/evidence/", evidence.EvidenceView.as_view(), name="evidence"),
    path(
        "<uuid:pk>/evidence/<uuid:paper>/",
        evidence.EvidenceFileView.as_view(),
        name="evidence_file",
    ),
    path("entries/<uuid:pk>/", views.EditView.as_view(), name="edit"),
    path("entries/<uuid:pk>/delete/", views.DeleteView.as_view(), name="delete"),
    path("entries/<uuid:pk>/return/", views.ReturnLineView.as_view(), name="return_line"),
    path("versions/<uuid:pk>/", views.PaperView.as_view(), name="paper"),
    path("files/<uuid:pk>/", batches.BatchView.as_view(), name="batch"),
    path("files/<uuid:pk>/sent/", batches.SentFileView.as_view(), name="sent_file"),
    path("files/<uuid:pk>/marked/", batches.MarkedCopyView.as_view(), name="marked_copy"),
    path(
        "files/<uuid:pk>/do/<str:transition>/",
        batches.BatchTransitionView.as_view(),
        name="batch_transition",
    ),
]
