from django.urls import path

from . import views

app_name = "platforms"
urlpatterns = [
    path("", views.ListView.as_view(), name="list"),
    path("new/", views.CreateView.as_view(), name="create"),
    path("<uuid:pk>/", views.DetailView.as_view(), name="detail"),
    path("<uuid:pk>/edit/", views.EditView.as_view(), name="edit"),
    path("<uuid:pk>/members/new/", views.MemberCreateView.as_view(), name="member_create"),
    path("<uuid:pk>/meetings/new/", views.MeetingCreateView.as_view(), name="meeting_create"),
    path("members/<uuid:pk>/", views.MemberEditView.as_view(), name="member_edit"),
    path("members/<uuid:pk>/end/", views.MemberEndView.as_view(), name="member_end"),
    path("meetings/<uuid:pk>/", views.MeetingView.as_view(), name="meeting"),
    path("meetings/<uuid:pk>/edit/", views.MeetingEditView.as_view(), name="meeting_edit"),
]
