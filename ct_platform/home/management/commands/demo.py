import os
import sys
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from ct_platform.home.demo.load import load_demo
from ct_platform.home.supervisor import Supervisor


class Command(BaseCommand):
    help = "Prépare la base, charge le territoire de démonstration, lance le site et son ouvrier."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--load-only", action="store_true", help="prépare sans rien lancer")

    def handle(self, *args: Any, load_only: bool = False, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("La démonstration ne tourne que sous les réglages de démonstration.")
        call_command("migrate", verbosity=0, interactive=False)
        load_demo()
        if load_only:
            return
        port = os.environ.get("PORT", "8000")
        self._welcome(port)
        supervisor = Supervisor({"site": _web(port), "ouvrier": _worker()}, chore=_sweep)
        raise SystemExit(supervisor.run())

    def _welcome(self, port: str) -> None:
        self.stdout.write(
            "\n"
            "  Coopératives de territoire, démonstration (personnes inventées)\n"
            f"  Ouvrez        http://localhost:{port}/\n"
            f"  Entrez comme  http://localhost:{port}/demo/entrer/ (Inès, coordinatrice · Aminata,\n"
            "                coopérante · Hélène, coopérative hôte · Elsa, chambre de commerce…)\n"
            "  Arrêtez       Ctrl-C\n"
        )
        self.stdout.flush()


def _web(port: str) -> list[str]:
    return [
        sys.executable, "-m", "gunicorn", "ct_platform.wsgi:application",
        "--bind", f"0.0.0.0:{port}", "--worker-class", "gthread", "--workers", "1", "--threads", "8",
        "--graceful-timeout", "8", "--log-level", "warning",
    ]  # fmt: skip


def _worker() -> list[str]:
    return [
        sys.executable, "-m", "celery", "-A", "ct_platform", "--quiet", "worker", "--pool", "prefork",
        "--concurrency", "2", "--without-gossip", "--without-mingle", "--loglevel", "WARNING",
    ]  # fmt: skip


def _sweep() -> None:
    """What beat does in production: papers the queue lost, votes whose hour has come."""
    from decisions.tasks import close_due_polls
    from documents.tasks import sweep

    sweep()
    close_due_polls()
