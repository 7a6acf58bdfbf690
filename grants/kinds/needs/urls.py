from django.urls import path

from . import views

app_name = "needs"
urlpatterns = [
    path("", views.ListView.as_view(), name="list"),
    path("open/", views.OpenView.as_view(), name="open"),
    path("<uuid:pk>/", views.SurveyView.as_view(), name="survey"),
    path("<uuid:pk>/answer/", views.AnswerView.as_view(), name="answer"),
    path("<uuid:pk>/export/<str:form>/", views.ExportView.as_view(), name="export"),
    path("statements/<uuid:pk>/", views.EditView.as_view(), name="edit"),
]
