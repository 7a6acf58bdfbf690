from django.urls import path

from . import views

app_name = "findings"
urlpatterns = [
    path("", views.ListView.as_view(), name="list"),
    path("lessons/", views.LessonsView.as_view(), name="lessons"),
    path("visits/<uuid:pk>/write/", views.WriteView.as_view(), name="write"),
    path("<uuid:pk>/", views.DetailView.as_view(), name="detail"),
    path("<uuid:pk>/edit/", views.EditView.as_view(), name="edit"),
    path("<uuid:pk>/correction/", views.CorrectionView.as_view(), name="correction"),
    path(
        "<uuid:pk>/do/<str:transition>/", views.FindingTransitionView.as_view(), name="transition"
    ),
]
