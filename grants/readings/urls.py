from django.urls import path

from . import views

app_name = "readings"
urlpatterns = [
    path("", views.ListView.as_view(), name="list"),
    path("open/", views.OpenView.as_view(), name="open"),
    path("<uuid:pk>/", views.DetailView.as_view(), name="detail"),
    path("<uuid:pk>/extend/", views.ExtendView.as_view(), name="extend"),
    path("<uuid:pk>/end/", views.EndView.as_view(), name="end"),
    path("cases/<uuid:pk>/", views.CaseView.as_view(), name="case"),
]
