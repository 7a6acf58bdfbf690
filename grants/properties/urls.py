from django.urls import path

from . import views

app_name = "properties"
urlpatterns = [
    path("", views.ListView.as_view(), name="list"),
    path("export/", views.ExportView.as_view(), name="export"),
    path("inventory/", views.InventoryView.as_view(), name="inventory"),
    path("awards/<uuid:pk>/register/", views.RegisterView.as_view(), name="register"),
    path("awards/<uuid:pk>/print/", views.PrintView.as_view(), name="print"),
    path("years/<uuid:pk>/lives/", views.LivesView.as_view(), name="lives"),
    path("<uuid:pk>/", views.AssetView.as_view(), name="asset"),
    path("<uuid:pk>/change/", views.ChangeView.as_view(), name="change"),
    path("<uuid:pk>/do/<str:transition>/", views.AssetTransitionView.as_view(), name="transition"),
]
