from django.urls import path

from . import decision

app_name = "decisions"
urlpatterns = [
    path("", decision.ListView.as_view(), name="list"),
    path("<uuid:pk>/other/<uuid:uid>/", decision.ApproveOtherView.as_view(), name="approve_other"),
]
