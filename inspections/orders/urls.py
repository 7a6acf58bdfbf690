from django.urls import path

from . import views

app_name = "orders"
urlpatterns = [
    path("", views.ListView.as_view(), name="list"),
    path("start/", views.StartView.as_view(), name="start"),
    path("awards/<uuid:pk>/write/", views.WriteView.as_view(), name="write"),
    path("<uuid:pk>/", views.DetailView.as_view(), name="detail"),
    path("<uuid:pk>/edit/", views.EditView.as_view(), name="edit"),
    path("<uuid:pk>/report/", views.ReportView.as_view(), name="report"),
    path("<uuid:pk>/do/<str:transition>/", views.OrderTransitionView.as_view(), name="transition"),
]
