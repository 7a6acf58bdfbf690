from django.urls import path

from . import views

app_name = "progress"
urlpatterns = [
    path("", views.ListView.as_view(), name="list"),
    path("awards/<uuid:pk>/start/", views.StartView.as_view(), name="start"),
    path("years/<uuid:pk>/call/", views.CallView.as_view(), name="call"),
    path("<uuid:pk>/", views.EditView.as_view(), name="edit"),
]
