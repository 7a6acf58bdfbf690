from django.urls import path

from . import views

app_name = "settlements"
urlpatterns = [
    path("", views.ListView.as_view(), name="list"),
    path("awards/<uuid:pk>/", views.AwardView.as_view(), name="award"),
    path("reports/<uuid:pk>/lines/", views.LinesView.as_view(), name="lines"),
    path("reports/<uuid:pk>/accept/", views.AcceptView.as_view(), name="accept"),
    path("reports/<uuid:pk>/draw/", views.DrawView.as_view(), name="draw"),
    path("reports/<uuid:pk>/lines/<uuid:uid>/", views.JudgeView.as_view(), name="judge"),
    path(
        "<uuid:pk>/do/<str:transition>/",
        views.SettlementTransitionView.as_view(),
        name="transition",
    ),
]
