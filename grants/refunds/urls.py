from django.urls import path

from . import views

app_name = "refunds"
urlpatterns = [
    path("awards/<uuid:pk>/what-if/", views.WhatIfView.as_view(), name="what_if"),
    path("awards/<uuid:pk>/order/", views.OrderRefundView.as_view(), name="order_refund"),
    path("<uuid:pk>/", views.OrderView.as_view(), name="order"),
    path("<uuid:pk>/record/", views.RecordView.as_view(), name="record"),
    path("repayments/<uuid:pk>/undo/", views.UndoView.as_view(), name="undo"),
    path("lowerings/<uuid:pk>/give-back/", views.GiveBackView.as_view(), name="give_back"),
    path("givings/<uuid:pk>/undo/", views.UndoGivingView.as_view(), name="undo_giving_back"),
    path("<uuid:pk>/exempt/", views.ExemptView.as_view(), name="exempt"),
    path("<uuid:pk>/interest/", views.NotifyInterestView.as_view(), name="notify_interest"),
    path("<uuid:pk>/do/<str:transition>/", views.OrderTransitionView.as_view(), name="transition"),
]
