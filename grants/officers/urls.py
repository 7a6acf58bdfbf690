from django.urls import path

from . import views

app_name = "officers"
urlpatterns = [
    path("of/<uuid:pk>/", views.BodyView.as_view(), name="body"),
    path("of/<uuid:pk>/new/", views.WriteView.as_view(), name="write"),
    path("<uuid:pk>/open/", views.OpenView.as_view(), name="open"),
    path("<uuid:pk>/answer/", views.AnswerView.as_view(), name="answer"),
    path("<uuid:pk>/destroy/", views.DestroyView.as_view(), name="destroy"),
]
