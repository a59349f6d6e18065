"""Wiring only: settings, routes, queues and processes. No app imports this package."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
