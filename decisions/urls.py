from typing import Any

app_name = "decisions"
urlpatterns: list[Any] = []
