from django.urls import path

from . import views

app_name = "payments"
urlpatterns = [
    path("awards/<uuid:pk>/record/", views.RecordView.as_view(), name="record"),
    path("<uuid:pk>/undo/", views.UndoView.as_view(), name="undo"),
]
