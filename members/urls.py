from typing import Any

app_name = "members"
urlpatterns: list[Any] = []
