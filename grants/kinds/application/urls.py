from django.urls import path

from . import draft_print, papers, views

app_name = "applications"
urlpatterns = [
    path("", views.IndexView.as_view(), name="index"),
    path("start/", views.StartView.as_view(), name="start"),
    path("<uuid:pk>/", views.OverviewView.as_view(), name="overview"),
    path("<uuid:pk>/attachments/", papers.AttachmentsView.as_view(), name="attachments"),
    path("<uuid:pk>/attachments/late/", papers.LateView.as_view(), name="late"),
    path("<uuid:pk>/budget/", views.BudgetView.as_view(), name="budget"),
    path("<uuid:pk>/draft/", draft_print.DraftPrintView.as_view(), name="draft"),
    path("<uuid:pk>/check/", views.CheckView.as_view(), name="check"),
]
