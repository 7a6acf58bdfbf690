"""What the running portal may do in its database: `portal_app` against `portal_owner`."""

import psycopg
from psycopg import sql

from portal.local.postgres import APP

READ_ONLY = ("django_migrations",)
# Rows are added and never changed: a trigger refuses it too, but the owner could remove a trigger.
APPEND_ONLY = ("audit_event",)


def grant_app_rights(owner_url: str) -> None:
    """Gives `portal_app` rows to read and write, but no table to alter, empty or drop.

    Run it as the owner after every migration; it may be run again at any time.
    """
    role = sql.Identifier(APP)
    future = "ALTER DEFAULT PRIVILEGES IN SCHEMA public"
    with psycopg.connect(owner_url) as connection:
        for statement in (
            "GRANT USAGE ON SCHEMA public TO {}",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}",
            "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}",
            f"{future} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {{}}",
            f"{future} GRANT USAGE, SELECT ON SEQUENCES TO {{}}",
        ):
            connection.execute(sql.SQL(statement).format(role))
        _take_away(connection, "UPDATE, DELETE", APPEND_ONLY)
        _take_away(connection, "INSERT, UPDATE, DELETE", READ_ONLY)


def _take_away(connection: psycopg.Connection, rights: str, tables: tuple[str, ...]) -> None:
    for table in tables:
        found = connection.execute("SELECT to_regclass(%s)", [f"public.{table}"]).fetchone()
        if found and found[0]:
            statement = sql.SQL("REVOKE " + rights + " ON {} FROM {}")
            connection.execute(statement.format(sql.Identifier(table), sql.Identifier(APP)))
