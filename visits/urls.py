"""The address of the counter: the same for all languages."""

from django.urls import path

from visits import views

app_name = "visits"

urlpatterns = [path("seen", views.seen, name="seen")]
