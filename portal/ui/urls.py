from django.urls import path

from . import views

app_name = "ui"
urlpatterns = [
    path("help/", views.HelpView.as_view(), name="help"),
    path("help/contact/", views.ContactView.as_view(), name="contact"),
    path("accessibility/", views.AccessibilityView.as_view(), name="accessibility"),
    path("privacy/", views.PrivacyView.as_view(), name="privacy"),
    path("status/", views.StatusView.as_view(), name="status"),
    path("keep-alive/", views.KeepAliveView.as_view(), name="keep_alive"),
    path("components/", views.ComponentsView.as_view(), name="components"),
]
