"""Addresses of the public search, under each language's prefix."""

from django.urls import path

from search import views

app_name = "search"

urlpatterns = [
    path("", views.results, name="search"),
    path("suggest", views.suggest, name="suggest"),
    path("clicked", views.clicked, name="clicked"),
    path("languages", views.also_read, name="also_read"),
]
