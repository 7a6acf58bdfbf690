from django.urls import path

from . import views

app_name = "approvals"
urlpatterns = [
    path("", views.ListView.as_view(), name="list"),
    path("<uuid:pk>/", views.ApproveView.as_view(), name="approve"),
    path("routes/", views.RouteListView.as_view(), name="routes"),
    path("routes/new/", views.NewRouteView.as_view(), name="new_route"),
    path("routes/<uuid:pk>/", views.EditRouteView.as_view(), name="edit_route"),
    path("routes/<uuid:pk>/retire/", views.RetireRouteView.as_view(), name="retire_route"),
]
