from django.urls import path

from . import views

app_name = "filings"
urlpatterns = [
    path("<uuid:pk>/", views.DetailView.as_view(), name="detail"),
    path("versions/<uuid:pk>/", views.VersionView.as_view(), name="version"),
    path(
        "items/<uuid:pk>/<str:transition>/",
        views.ItemTransitionView.as_view(),
        name="item_transition",
    ),
]
