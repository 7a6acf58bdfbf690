from django.urls import path

from . import jobs, views

urlpatterns = [
    path("", views.HomeView.as_view(), name="home"),
    path("jobs/", jobs.JobsView.as_view(), name="jobs"),
    path("jobs/retry/", jobs.RetryView.as_view(), name="jobs_retry"),
]
