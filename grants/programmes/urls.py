from django.urls import path

from . import condition_views, views

app_name = "programmes"
urlpatterns = [
    path("", views.ListView.as_view(), name="list"),
    path("<uuid:pk>/", views.DetailView.as_view(), name="detail"),
    path("<uuid:pk>/extend/", views.ExtendView.as_view(), name="extend"),
    path("<uuid:pk>/conditions/", condition_views.ConditionsView.as_view(), name="conditions"),
    path("<uuid:pk>/<str:key>/", views.EditValueView.as_view(), name="edit"),
]
