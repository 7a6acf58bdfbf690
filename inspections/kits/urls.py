from django.urls import path

from . import views

app_name = "kits"
urlpatterns = [
    path("", views.ListView.as_view(), name="list"),
    path("awards/<uuid:pk>/", views.AwardView.as_view(), name="award"),
    path("<uuid:pk>/kit.zip", views.DownloadView.as_view(), name="download"),
]
