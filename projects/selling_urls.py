"""Addresses of selling, joined to those of the app."""

from django.urls import path

from projects.views import customers, products, quote_acts, quote_link, quotes, seller

ROOM = "cohortes/<int:cohort_id>/ventes/"
QUOTE = f"{ROOM}devis/<int:quote_id>/"

urlpatterns = [
    path("ventes/conditions/", seller.terms, name="seller_terms"),
    path("ventes/tva/", seller.vat, name="vat"),
    path(ROOM, quotes.selling, name="selling"),
    path(f"{ROOM}clients/", customers.customers, name="customers"),
    path(f"{ROOM}clients/nouveau/", customers.add_customer, name="add_customer"),
    path(f"{ROOM}clients/<int:customer_id>/", customers.customer, name="customer"),
    path(
        f"{ROOM}clients/<int:customer_id>/ranger/",
        customers.archive_customer,
        name="archive_customer",
    ),
    path(f"{ROOM}produits/", products.products, name="products"),
    path(f"{ROOM}produits/nouveau/", products.add_product, name="add_product"),
    path(f"{ROOM}produits/<int:product_id>/", products.product, name="product"),
    path(f"{ROOM}devis/", quotes.quotes, name="quotes"),
    path(f"{ROOM}devis/nouveau/", quotes.add_quote, name="add_quote"),
    path(QUOTE, quote_acts.quote, name="quote"),
    path(f"{QUOTE}corriger/", quotes.edit_quote, name="edit_quote"),
    path(f"{QUOTE}apercu/", quote_acts.quote_preview, name="quote_preview"),
    path(f"{QUOTE}a-valider/", quote_acts.submit_quote, name="submit_quote"),
    path(f"{QUOTE}valider/", quote_acts.approve_quote, name="approve_quote"),
    path(f"{QUOTE}rendre/", quote_acts.send_back_quote, name="send_back_quote"),
    path(f"{QUOTE}envoyer/", quote_acts.send_quote, name="send_quote"),
    path(f"{QUOTE}lien/", quote_acts.link_quote, name="link_quote"),
    path(f"{QUOTE}message/", quote_acts.mail_quote, name="mail_quote"),
    path(f"{QUOTE}reponse/", quote_acts.answer_quote, name="answer_quote"),
    path(f"{QUOTE}sans-suite/", quote_acts.lapse_quote, name="lapse_quote"),
    path(f"{QUOTE}remplacer/", quote_acts.replace_quote, name="replace_quote"),
    # The customer's link: the secret is the key.
    path("devis/<int:quote_id>/<str:secret>/", quote_link.quote_link, name="quote_link"),
    path(
        "devis/<int:quote_id>/<str:secret>/pdf/", quote_link.quote_link_pdf, name="quote_link_pdf"
    ),
]
