from django.urls import path

from . import reading_views, views

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
    path("<uuid:pk>/notes/", reading_views.NoteView.as_view(), name="note"),
    path("<uuid:pk>/second-reader/", reading_views.NameReaderView.as_view(), name="name_reader"),
    path(
        "<uuid:pk>/second-reading/",
        reading_views.ConfirmReadingView.as_view(),
        name="confirm_reading",
    ),
    path("questions/", reading_views.QuestionsView.as_view(), name="questions"),
    path("questions/ask/", reading_views.AskQuestionView.as_view(), name="ask_question"),
    path(
        "questions/<uuid:pk>/retire/",
        reading_views.RetireQuestionView.as_view(),
        name="retire_question",
    ),
]
