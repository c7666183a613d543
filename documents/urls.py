from django.urls import path

from documents.views import check, mine

app_name = "documents"
urlpatterns = [
    path("mes-papiers/", mine.mine, name="mine"),
    path("mes-papiers/tout/", mine.download_all, name="download_all"),
    path("papiers/<int:document_id>/", mine.download, name="download"),
    path("papiers/<int:document_id>/ouvrir/", mine.open_paper, name="open"),
    path("papiers/<int:document_id>/refaire/", mine.retry, name="retry"),
    path("papiers/lots/<str:batch>/refaire/", mine.retry_batch, name="retry_batch"),
    path("verifier/", check.check_form, name="check_form"),
    path("verifier/<str:code>/", check.check, name="check"),
]
