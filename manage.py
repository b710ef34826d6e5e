#!/usr/bin/env python3
"""Django's own commands: `python manage.py makemigrations`. People use `remit` instead."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "remit.config.settings")
    from django.core.management import execute_from_command_line

    import remit.config  # noqa: F401 - puts SQLite in place before Django loads

    execute_from_command_line(sys.argv)
