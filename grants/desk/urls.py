from django.urls import path

from . import views

app_name = "desk"
urlpatterns = [
    path("", views.DeskView.as_view(), name="list"),
    path("filters/", views.KeepFilterView.as_view(), name="keep_filter"),
    path("filters/<uuid:pk>/drop/", views.DropFilterView.as_view(), name="drop_filter"),
    path("batch/", views.BatchView.as_view(), name="batch"),
    path("batches/<uuid:pk>/", views.BatchResultView.as_view(), name="batch_result"),
    path("conflicts/", views.ConflictsView.as_view(), name="conflicts"),
    path("conflicts/declare/", views.DeclareConflictView.as_view(), name="declare_conflict"),
    path("conflicts/<uuid:pk>/end/", views.EndConflictView.as_view(), name="end_conflict"),
]
