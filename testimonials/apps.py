from django.apps import AppConfig


class TestimonialsConfig(AppConfig):
    name = "testimonials"
    verbose_name = "Témoignages"

    def ready(self) -> None:
        from testimonials import (
            after_news,
            closing_checks,
            front_part,
            invariants,
            retention,
            tasks,  # noqa: F401
            waiting,
        )

        invariants.register_all()
        closing_checks.register_checks()
        waiting.register_all()
        after_news.register_all()
        front_part.register()
        retention.register_all()
