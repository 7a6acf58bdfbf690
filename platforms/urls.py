from django.urls import path

from .views import (
    councils,
    directory,
    figures,
    imports,
    listing,
    meeting_papers,
    meetings,
    members,
    proposals,
    registry,
)

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
    path("<uuid:pk>/sharing/", listing.ListingView.as_view(), name="listing"),
    # Members
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
    path("members/<uuid:pk>/account/", proposals.AccountView.as_view(), name="member_account"),
    path("imports/<uuid:pk>/", imports.ImportView.as_view(), name="import"),
    path("imports/<uuid:pk>/annotated/", imports.AnnotatedView.as_view(), name="annotated"),
    # Meetings
    path("<uuid:pk>/meetings/new/", meetings.MeetingCreateView.as_view(), name="meeting_create"),
    path("meetings/<uuid:pk>/", meetings.MeetingView.as_view(), name="meeting"),
    path("meetings/<uuid:pk>/edit/", meetings.MeetingEditView.as_view(), name="meeting_edit"),
    path("meetings/<uuid:pk>/calendar.ics", meeting_papers.CalendarView.as_view(), name="calendar"),
    path("meetings/<uuid:pk>/call/", meeting_papers.CallView.as_view(), name="meeting_call"),
    path("meetings/<uuid:pk>/minutes/", meeting_papers.MinutesView.as_view(), name="minutes"),
    path(
        "meetings/<uuid:pk>/minutes/file/",
        meeting_papers.MinutesFileView.as_view(),
        name="minutes_file",
    ),
    # Proposals of members
    path("<uuid:pk>/proposals/", proposals.ProposalsView.as_view(), name="proposals"),
    path("<uuid:pk>/proposals/new/", proposals.ProposeView.as_view(), name="propose"),
    path("proposals/<uuid:pk>/", proposals.ProposalView.as_view(), name="proposal"),
    path(
        "proposals/<uuid:pk>/do/<str:transition>/",
        proposals.ProposalTransitionView.as_view(),
        name="proposal_transition",
    ),
    # 地域協議会
    path("councils/", councils.CouncilListView.as_view(), name="councils"),
    path("councils/new/", councils.CouncilCreateView.as_view(), name="council_create"),
    path("councils/<uuid:pk>/", councils.CouncilView.as_view(), name="council"),
    path("councils/<uuid:pk>/edit/", councils.CouncilEditView.as_view(), name="council_edit"),
    path("councils/<uuid:pk>/bodies/", councils.BodiesView.as_view(), name="council_bodies"),
    path("councils/<uuid:pk>/oaths/", councils.OathsView.as_view(), name="council_oaths"),
    # The directory
    path("directory/", directory.DirectoryView.as_view(), name="directory"),
    path("directory/<uuid:pk>/", directory.EntryView.as_view(), name="entry"),
    path("public/", directory.PublicView.as_view(), name="public"),
    path("public/platforms.csv", directory.OpenDataView.as_view(kind="csv"), name="public_csv"),
    path("public/platforms.json", directory.OpenDataView.as_view(kind="json"), name="public_json"),
]
