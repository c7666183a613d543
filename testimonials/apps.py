from django.apps import AppConfig


class TestimonialsConfig(AppConfig):
    name = "testimonials"
    verbose_name = "Témoignages"

    def ready(self) -> None:
        from testimonials import invariants, waiting

        invariants.register_all()
        waiting.register_all()
