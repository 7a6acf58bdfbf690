from django.urls import path

from . import views

app_name = "scans"
urlpatterns = [
    path("", views.ListView.as_view(), name="list"),
    path("upload/", views.UploadView.as_view(), name="upload"),
    path("<uuid:pk>/", views.DetailView.as_view(), name="detail"),
    path("<uuid:pk>/file/", views.FileView.as_view(), name="file"),
    path("<uuid:pk>/picture/", views.PictureView.as_view(), name="picture"),
    path("<uuid:pk>/picture/<uuid:issued>/", views.IssuedView.as_view(), name="issued"),
    path("<uuid:pk>/do/<str:transition>/", views.ScanTransitionView.as_view(), name="transition"),
]
