from django.urls import path

from . import views

app_name = "connections"
urlpatterns = [
    path("", views.ListView.as_view(), name="list"),
    path("contracts/<uuid:pk>/", views.MakeView.as_view(), name="make"),
    path("<uuid:pk>/revoke/", views.RevokeView.as_view(), name="revoke"),
]
