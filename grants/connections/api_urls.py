"""Version 1 of what programs may ask. What is here keeps its meaning; what changes gets a version 2."""

from django.urls import path

from . import api_views as views

app_name = "connections_api"
urlpatterns = [
    path("openapi.json", views.SchemaView.as_view(), name="schema"),
    path("months", views.MonthsView.as_view(), name="months"),
    path("months/<str:month>/records", views.RecordsView.as_view(), name="records"),
    path("sendings/<str:sending>", views.SendingView.as_view(), name="sending"),
]
