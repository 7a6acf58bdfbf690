from django.urls import path

from . import handover_views as handovers
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
    path("handovers/", handovers.HandoversView.as_view(), name="handovers"),
    path("handovers/declare/", handovers.HandOverView.as_view(), name="hand_over"),
    path(
        "handovers/<uuid:pk>/cancel/",
        handovers.CancelHandoverView.as_view(),
        name="cancel_handover",
    ),
    path("reopenings/", handovers.ReopeningsView.as_view(), name="reopenings"),
    path("reopenings/propose/", handovers.ProposeReopeningView.as_view(), name="propose_reopening"),
    path(
        "reopenings/<uuid:pk>/confirm/",
        handovers.ConfirmReopeningView.as_view(),
        name="confirm_reopening",
    ),
    path("organisation/", views.OrganisationView.as_view(), name="organisation"),
]
