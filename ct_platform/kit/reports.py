"""What an error report may tell: never the variables of code that handles ballots or keys."""

from types import FrameType
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter


class HideVariables(SafeExceptionReporterFilter):
    """Variables of the modules in SECRET_MODULES are hidden, whatever their functions say."""

    def get_traceback_frame_variables(
        self, request: HttpRequest | None, tb_frame: FrameType
    ) -> Any:
        module = f"{tb_frame.f_globals.get('__name__', '')}."
        if module.startswith(tuple(settings.SECRET_MODULES)):
            return [(name, self.cleansed_substitute) for name in tb_frame.f_locals]
        return super().get_traceback_frame_variables(request, tb_frame)
