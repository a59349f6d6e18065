#!/usr/bin/env python
"""Django's command line for Touchstone."""

import os
import sys

from django.core.management import execute_from_command_line

HEADLESS = {"audit_discretion", "measure_merging", "rank_values"}
"""Commands that go from files to JSON, without an installation around them."""

if __name__ == "__main__":
    settings = "headless" if len(sys.argv) > 1 and sys.argv[1] in HEADLESS else "production"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"config.settings.{settings}")
    execute_from_command_line(sys.argv)
