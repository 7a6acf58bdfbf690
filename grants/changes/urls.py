from django.urls import path

from . import views

app_name = "changes"
urlpatterns = [
    path("awards/<uuid:pk>/", views.AwardView.as_view(), name="award"),
    path("awards/<uuid:pk>/move/", views.ReallocateView.as_view(), name="reallocate"),
    path("moves/<uuid:pk>/undo/", views.UndoView.as_view(), name="undo"),
]
