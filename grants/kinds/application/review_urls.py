from django.urls import path

from . import review

app_name = "reviews"
urlpatterns = [
    path("<uuid:pk>/", review.ReviewView.as_view(), name="review"),
    path("<uuid:pk>/marks/", review.MarksView.as_view(), name="marks"),
    path("<uuid:pk>/items/", review.RaiseView.as_view(), name="raise"),
]
