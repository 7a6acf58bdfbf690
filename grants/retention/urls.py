from django.urls import path

from . import views

app_name = "retention"
urlpatterns = [
    path("", views.ListView.as_view(), name="list"),
    path("awards/<uuid:pk>/", views.AwardView.as_view(), name="award"),
    path("filings/<uuid:pk>/", views.FilingView.as_view(), name="filing"),
    path("filings/<uuid:pk>/propose/", views.ProposeFilingView.as_view(), name="propose_filing"),
    path("awards/<uuid:pk>/propose/", views.ProposeView.as_view(), name="propose"),
    path(
        "<uuid:pk>/do/<str:transition>/",
        views.DisposalTransitionView.as_view(),
        name="transition",
    ),
]
