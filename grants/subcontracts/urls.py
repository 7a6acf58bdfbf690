from django.urls import path

from . import views

app_name = "subcontracts"
urlpatterns = [
    path("", views.ListView.as_view(), name="list"),
    path("contracts/<uuid:pk>/new/", views.WriteView.as_view(), name="write"),
    path("invoices/<uuid:pk>/payees/", views.PayeesView.as_view(), name="payees"),
    path("<uuid:pk>/", views.DetailView.as_view(), name="detail"),
    path("<uuid:pk>/edit/", views.EditView.as_view(), name="edit"),
    path("<uuid:pk>/change/", views.ReplaceView.as_view(), name="replace"),
    path("<uuid:pk>/invite/", views.InviteView.as_view(), name="invite"),
    path("<uuid:pk>/do/<str:transition>/", views.LinkTransitionView.as_view(), name="transition"),
]
