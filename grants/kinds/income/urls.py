from django.urls import path

from . import views

app_name = "income"
urlpatterns = [
    path("", views.ListView.as_view(), name="list"),
    path("awards/<uuid:pk>/start/", views.StartView.as_view(), name="start"),
    path("<uuid:pk>/correct/", views.CorrectView.as_view(), name="correct"),
    path("<uuid:pk>/less/", views.LessView.as_view(), name="less"),
    path("<uuid:pk>/", views.EditView.as_view(), name="edit"),
]
