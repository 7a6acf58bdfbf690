"""Addresses are shown here, never changed: a change goes through the organisation's manager."""

from django.urls import path

from . import views

urlpatterns = [path("email/", views.AddressView.as_view(), name="account_email")]
