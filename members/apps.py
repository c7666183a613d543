from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = "Membres"

    def ready(self) -> None:
        from django.db.backends.signals import connection_created

        from members.folding import teach_sqlite

        # A function of SQLite lives as long as its connection: this is its only moment.
        connection_created.connect(teach_sqlite, dispatch_uid="members.folding")
