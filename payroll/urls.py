from typing import Any

app_name = "payroll"
urlpatterns: list[Any] = []
