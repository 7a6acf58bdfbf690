from django.urls import path

from . import views

app_name = "objections"
urlpatterns = [
    path("", views.ListView.as_view(), name="list"),
    path("acts/<slug:act_kind>/<uuid:pk>/", views.StartView.as_view(), name="start"),
    path("acts/<slug:act_kind>/<uuid:pk>/write/", views.WriteView.as_view(), name="write"),
    path("<uuid:pk>/", views.DetailView.as_view(), name="detail"),
    path("<uuid:pk>/edit/", views.EditView.as_view(), name="edit"),
    path(
        "<uuid:pk>/do/<str:transition>/",
        views.ObjectionTransitionView.as_view(),
        name="transition",
    ),
]
