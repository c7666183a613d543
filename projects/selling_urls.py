"""Addresses of selling, joined to those of the app."""

from django.urls import path

from projects.views import seller

urlpatterns = [
    path("ventes/conditions/", seller.terms, name="seller_terms"),
    path("ventes/tva/", seller.vat, name="vat"),
]
