#!/usr/bin/env python
"""Management commands. Settings default to production: the demo is asked for by name (see ./run)."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ct_platform.settings.prod")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
