from django.urls import path

from . import batch, decision, notices

app_name = "decisions"
urlpatterns = [
    path("", decision.ListView.as_view(), name="list"),
    path("batch/", batch.BatchView.as_view(), name="batch"),
    path("notices/", notices.ListView.as_view(), name="notices"),
    path("notices/<uuid:pk>/correct/", notices.CorrectView.as_view(), name="correct"),
    path("<uuid:pk>/other/<uuid:uid>/", decision.ApproveOtherView.as_view(), name="approve_other"),
]
