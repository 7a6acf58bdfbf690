from django.urls import path

from . import views

app_name = "accounts"
urlpatterns = [
    path("invitation/<str:token>/", views.AcceptView.as_view(), name="accept"),
    path("role/", views.SwitchView.as_view(), name="switch"),
    path("members/", views.MembersView.as_view(), name="members"),
    path("members/invite/", views.InviteView.as_view(), name="invite"),
    path("members/<uuid:pk>/end/", views.EndMembershipView.as_view(), name="end"),
    path("absences/", views.AbsencesView.as_view(), name="absences"),
    path("absences/declare/", views.DeclareAbsenceView.as_view(), name="declare_absence"),
    path("absences/<uuid:pk>/cancel/", views.CancelAbsenceView.as_view(), name="cancel_absence"),
    path("organisation/", views.OrganisationView.as_view(), name="organisation"),
]
