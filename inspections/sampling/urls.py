from django.urls import path

from . import plan_views, views

app_name = "sampling"
urlpatterns = [
    path("", plan_views.YearView.as_view(), name="year"),
    path("awards/<uuid:pk>/", plan_views.AwardView.as_view(), name="award"),
    path("targets/<uuid:pk>/drop/", plan_views.DropView.as_view(), name="drop"),
    path("visits/<uuid:pk>/", views.DrawView.as_view(), name="write"),
    path("<uuid:pk>/", views.DetailView.as_view(), name="draw"),
    path("<uuid:pk>/lines.csv", views.ExportView.as_view(), name="csv"),
]
