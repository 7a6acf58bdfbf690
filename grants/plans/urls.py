from django.urls import path

from . import views

app_name = "plans"
urlpatterns = [
    path("<uuid:pk>/activities/", views.ActivitiesView.as_view(), name="activities"),
    path("<uuid:pk>/section/<str:key>/", views.SectionView.as_view(), name="section"),
]
