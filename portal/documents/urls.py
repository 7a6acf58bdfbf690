from django.urls import path

from . import views

app_name = "documents"
urlpatterns = [
    path("", views.ListView.as_view(), name="list"),
    path("verify/", views.VerifyView.as_view(), name="verify"),
    path("verify/<str:seal>/", views.VerifyView.as_view(), name="verify_seal"),
    path("<uuid:pk>/", views.DownloadView.as_view(), name="download"),
]
