from django.urls import path

from . import bundle_views, views

app_name = "disclosures"
urlpatterns = [
    path("", views.ListView.as_view(), name="list"),
    path("enter/", views.EnterView.as_view(), name="enter"),
    path("<uuid:pk>/", views.DetailView.as_view(), name="detail"),
    path("<uuid:pk>/picks/", views.PickView.as_view(), name="pick"),
    path("<uuid:pk>/words/", views.WordsView.as_view(), name="words"),
    path("<uuid:pk>/files/", views.FilesView.as_view(), name="files"),
    path("<uuid:pk>/files/<uuid:document>/", views.RuleFileView.as_view(), name="rule_file"),
    path("<uuid:pk>/files/<uuid:document>/given/", views.GivenView.as_view(), name="given"),
    path("<uuid:pk>/bundle/", bundle_views.BundleView.as_view(), name="bundle"),
    path(
        "bundles/<uuid:pk>/disclosure.zip",
        bundle_views.BundleFileView.as_view(),
        name="bundle_file",
    ),
    path(
        "<uuid:pk>/do/<str:transition>/",
        views.RequestTransitionView.as_view(),
        name="transition",
    ),
]
