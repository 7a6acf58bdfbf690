from django.urls import path

from . import april_views, file_views, views

app_name = "funds"
urlpatterns = [
    path("", views.YearView.as_view(), name="year"),
    path("years/<uuid:pk>/record/", views.RecordView.as_view(), name="record"),
    path("records/<uuid:pk>/correct/", views.CorrectView.as_view(), name="correct"),
    path("claims/<uuid:pk>/pay/", views.PayView.as_view(), name="pay"),
    path("april/", april_views.AprilView.as_view(), name="april"),
    path("april/csv/", april_views.AprilFileView.as_view(), name="april_csv"),
    path("years/<uuid:pk>/files/", file_views.FilesView.as_view(), name="files"),
    path("years/<uuid:pk>/files/add/", file_views.UploadView.as_view(), name="upload"),
    path("files/<uuid:pk>/", file_views.ComparedView.as_view(), name="compared"),
    path("files/<uuid:pk>/take/", file_views.TakeView.as_view(), name="take_over"),
    path("files/<uuid:pk>/csv/", file_views.ComparedFileView.as_view(), name="compared_csv"),
]
