from django.urls import path

from . import views, workbook_views

app_name = "plans"
urlpatterns = [
    path("<uuid:pk>/activities/", views.ActivitiesView.as_view(), name="activities"),
    path("<uuid:pk>/section/<str:key>/", views.SectionView.as_view(), name="section"),
    path("<uuid:pk>/workbook/", workbook_views.WorkbookView.as_view(), name="workbook"),
    path(
        "<uuid:pk>/workbook/download/",
        workbook_views.WorkbookDownloadView.as_view(),
        name="workbook_download",
    ),
    path("uploads/<uuid:pk>/", workbook_views.UploadView.as_view(), name="upload"),
    path("uploads/<uuid:pk>/annotated/", workbook_views.AnnotatedView.as_view(), name="annotated"),
]
