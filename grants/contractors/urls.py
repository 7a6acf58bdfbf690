from django.urls import path

from . import contract_views as contracts
from . import views

app_name = "contractors"
urlpatterns = [
    path("", views.ListView.as_view(), name="list"),
    path("new/", views.RegisterView.as_view(), name="register"),
    path("<uuid:pk>/", views.DetailView.as_view(), name="detail"),
    path("<uuid:pk>/edit/", views.EditView.as_view(), name="edit"),
    path("<uuid:pk>/check/", views.CheckView.as_view(), name="check"),
    path("<uuid:pk>/contract/", contracts.PrepareView.as_view(), name="prepare"),
    path("contracts/", contracts.ContractListView.as_view(), name="contracts"),
    path("contracts/<uuid:pk>/", contracts.ContractView.as_view(), name="contract"),
    path("contracts/<uuid:pk>/edit/", contracts.EditContractView.as_view(), name="edit_contract"),
    path("contracts/<uuid:pk>/evidence/", contracts.EvidenceView.as_view(), name="evidence"),
    path("contracts/<uuid:pk>/invite/", contracts.InviteView.as_view(), name="invite"),
    path("contracts/<uuid:pk>/people/", contracts.PeopleView.as_view(), name="people"),
    path(
        "contracts/<uuid:pk>/do/<str:transition>/",
        contracts.ContractTransitionView.as_view(),
        name="contract_transition",
    ),
]
