from django.urls import path

from . import views

app_name = "revocations"
urlpatterns = [
    path("awards/<uuid:pk>/", views.RevokeView.as_view(), name="revoke"),
    path(
        "<uuid:pk>/do/<str:transition>/",
        views.RevocationTransitionView.as_view(),
        name="transition",
    ),
]
