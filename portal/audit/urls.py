from django.urls import path

from . import views

app_name = "audit"
urlpatterns = [
    path("", views.LogView.as_view(), name="log"),
    path("verify/", views.VerifyView.as_view(), name="verify"),
]
