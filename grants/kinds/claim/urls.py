from django.urls import path

from . import views

app_name = "claim"
urlpatterns = [
    path("", views.ListView.as_view(), name="list"),
    path("awards/<uuid:pk>/start/", views.StartView.as_view(), name="start"),
    path("<uuid:pk>/", views.EditView.as_view(), name="edit"),
    path("<uuid:pk>/examine/", views.ExamineView.as_view(), name="examine"),
    path("<uuid:pk>/give-up/", views.GiveUpView.as_view(), name="give_up"),
    path("<uuid:pk>/paper/", views.PaperView.as_view(), name="paper"),
]
