from django.urls import path

from . import views

app_name = "inquiries"
urlpatterns = [
    path("", views.ListView.as_view(), name="list"),
    path("write/", views.WriteView.as_view(), name="write"),
    path("<uuid:pk>/", views.DetailView.as_view(), name="detail"),
    path("<uuid:pk>/edit/", views.EditView.as_view(), name="edit"),
    path("<uuid:pk>/answers.xlsx", views.ExportView.as_view(), name="xlsx"),
    path("<uuid:pk>/answers.csv", views.ExportView.as_view(kind="csv"), name="csv"),
    path("<uuid:pk>/remind/", views.RemindView.as_view(), name="remind"),
    path(
        "<uuid:pk>/do/<str:transition>/",
        views.InquiryTransitionView.as_view(),
        name="transition",
    ),
    path("replies/<uuid:pk>/", views.ReplyView.as_view(), name="reply"),
    path(
        "replies/<uuid:pk>/do/<str:transition>/",
        views.ReplyTransitionView.as_view(),
        name="reply_transition",
    ),
]
