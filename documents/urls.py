from django.urls import path

from documents.views import check, mine

app_name = "documents"
urlpatterns = [
    path("mes-papiers/", mine.mine, name="mine"),
    path("papiers/<int:document_id>/", mine.download, name="download"),
    path("papiers/<int:document_id>/ouvrir/", mine.open_paper, name="open"),
    path("papiers/<int:document_id>/refaire/", mine.retry, name="retry"),
    path("papiers/lots/<str:batch>/refaire/", mine.retry_batch, name="retry_batch"),
    path("verifier/", check.check_form, name="check_form"),
    path("verifier/<str:code>/", check.check, name="check"),
]
