from django.urls import path

from . import views

app_name = "carryover"
urlpatterns = [
    path("", views.ListView.as_view(), name="list"),
    path("awards/<uuid:pk>/start/", views.StartView.as_view(), name="start"),
    path("<uuid:pk>/", views.EditView.as_view(), name="edit"),
    path("approved/<uuid:pk>/give-up/", views.GiveUpView.as_view(), name="give_up"),
]
