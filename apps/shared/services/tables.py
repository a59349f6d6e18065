"""The tables of a new database: made at once from the models as they are."""

from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


def are_absent() -> bool:
    """Say whether the database is a new SQLite file, in which no migration finds anything to change."""
    return connection.vendor == "sqlite" and not connection.introspection.table_names()


def make() -> None:
    """Make every table and note every migration as done: all of it, or nothing where something stops it.

    The migrations lead to the same tables, one step after the other, and work out all models anew for
    most of the steps: that is most of the time of a first start.
    """
    recorder = MigrationRecorder(connection)
    done = sorted(MigrationLoader(None).disk_migrations)
    with connection.schema_editor() as editor:
        editor.create_model(recorder.Migration)
        for model in apps.get_models():
            if model._meta.can_migrate(connection):  # noqa: SLF001  (Django documents it)
                editor.create_model(model)
        for app, name in done:
            recorder.record_applied(app, name)
