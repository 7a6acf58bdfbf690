from django.urls import path

from .views import figures, imports, meetings, members, registry

app_name = "platforms"
urlpatterns = [
    path("", registry.ListView.as_view(), name="list"),
    path("new/", registry.CreateView.as_view(), name="create"),
    path("<uuid:pk>/", registry.DetailView.as_view(), name="detail"),
    path("<uuid:pk>/edit/", registry.EditView.as_view(), name="edit"),
    path("<uuid:pk>/history/", registry.HistoryView.as_view(), name="history"),
    path("<uuid:pk>/groups/", registry.GroupsView.as_view(), name="groups"),
    path("<uuid:pk>/milestones/", registry.MilestonesView.as_view(), name="milestones"),
    path("<uuid:pk>/rules/", registry.RulesView.as_view(), name="rules"),
    path("<uuid:pk>/figures/", figures.FiguresView.as_view(), name="figures"),
    path("<uuid:pk>/members/", members.MembersView.as_view(), name="members"),
    path("<uuid:pk>/members/new/", members.MemberCreateView.as_view(), name="member_create"),
    path("<uuid:pk>/members/import/", imports.ListUploadView.as_view(), name="import_new"),
    path(
        "<uuid:pk>/members/template.xlsx",
        imports.TemplateDownloadView.as_view(),
        name="import_template",
    ),
    path("members/<uuid:pk>/", members.MemberEditView.as_view(), name="member_edit"),
    path("members/<uuid:pk>/end/", members.MemberEndView.as_view(), name="member_end"),
    path("imports/<uuid:pk>/", imports.ImportView.as_view(), name="import"),
    path("imports/<uuid:pk>/annotated/", imports.AnnotatedView.as_view(), name="annotated"),
    path("<uuid:pk>/meetings/new/", meetings.MeetingCreateView.as_view(), name="meeting_create"),
    path("meetings/<uuid:pk>/", meetings.MeetingView.as_view(), name="meeting"),
    path("meetings/<uuid:pk>/edit/", meetings.MeetingEditView.as_view(), name="meeting_edit"),
]
