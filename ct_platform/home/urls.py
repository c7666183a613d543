from typing import Any

app_name = "home"
urlpatterns: list[Any] = []
