from django.urls import path

from . import outside_views as outside
from . import views

app_name = "visits"
urlpatterns = [
    path("", views.ListView.as_view(), name="list"),
    path("plan/", views.PlanView.as_view(), name="plan"),
    path("outside/", outside.OutsideView.as_view(), name="outside"),
    path("<uuid:pk>/outside/", outside.OutsideEditView.as_view(), name="outside_edit"),
    path("<uuid:pk>/", views.DetailView.as_view(), name="detail"),
    path("<uuid:pk>/edit/", views.EditView.as_view(), name="edit"),
    path("<uuid:pk>/record/", views.RecordView.as_view(), name="record"),
    path("<uuid:pk>/do/<str:transition>/", views.VisitTransitionView.as_view(), name="transition"),
]
