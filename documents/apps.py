from django.apps import AppConfig
from django.core import checks


class DocumentsConfig(AppConfig):
    name = "documents"
    verbose_name = "Papiers"

    def ready(self) -> None:
        # Importing the tasks registers them by name, for services.sending; worker hooks its signal.
        from documents import finding, invariants, retention, tasks, worker  # noqa: F401
        from documents.engine.check import drawing_libraries_load

        checks.register(drawing_libraries_load)
        invariants.register_all()
        finding.register()
        retention.register_all()
