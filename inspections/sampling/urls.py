from django.urls import path

from . import views

app_name = "sampling"
urlpatterns = [
    path("visits/<uuid:pk>/", views.DrawView.as_view(), name="write"),
    path("<uuid:pk>/", views.DetailView.as_view(), name="draw"),
    path("<uuid:pk>/lines.csv", views.ExportView.as_view(), name="csv"),
]
