from typing import Any

app_name = "testimonials"
urlpatterns: list[Any] = []
