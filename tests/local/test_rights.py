"""What the running portal's role may do in a database, and that production makes the same roles."""

import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from portal.local.postgres import APP, OWNER, SUPERUSER, Postgres
from portal.local.rights import grant_app_rights

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def server() -> Iterator[Postgres]:
    home = Path(tempfile.mkdtemp(prefix="portal-rights-"))
    home.chmod(0o711)
    server = Postgres(home / "postgres", durable=False)
    server.start()
    yield server
    server.stop()
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
def database(server: Postgres) -> Iterator[str]:
    name = f"rights_{secrets.token_hex(4)}"
    server.ensure_database(name)
    with psycopg.connect(server.url(name, OWNER)) as connection:
        connection.execute("CREATE TABLE plan (id bigserial PRIMARY KEY, title text)")
        connection.execute("CREATE TABLE audit_event (id bigserial PRIMARY KEY, title text)")
        connection.execute("CREATE TABLE django_migrations (id bigserial PRIMARY KEY, title text)")
    grant_app_rights(server.url(name, OWNER))
    yield name
    server.drop_database(name)


INSERT = "INSERT INTO {} (title) VALUES ('a')"
UPDATE = "UPDATE {} SET title = 'b'"
DELETE = "DELETE FROM {}"
SELECT = "SELECT * FROM {}"
TRUNCATE = "TRUNCATE {}"
DROP = "DROP TABLE {}"
ALTER = "ALTER TABLE {} ADD COLUMN more text"
DISABLE = "ALTER TABLE {} DISABLE TRIGGER ALL"
MAY = {
    "plan": {INSERT, UPDATE, DELETE, SELECT},
    "audit_event": {INSERT, SELECT},
    "django_migrations": {SELECT},
}
ALL = (INSERT, UPDATE, DELETE, SELECT, TRUNCATE, DROP, ALTER, DISABLE)


@pytest.mark.parametrize("table", MAY)
@pytest.mark.parametrize("statement", ALL)
def test_the_running_portal(statement: str, table: str, server: Postgres, database: str) -> None:
    with psycopg.connect(server.url(database, APP)) as connection:
        if statement in MAY[table]:
            connection.execute(statement.format(table))
        else:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement.format(table))


def test_a_table_of_the_next_migration_is_granted_at_once(server: Postgres, database: str) -> None:
    with psycopg.connect(server.url(database, OWNER)) as connection:
        connection.execute("CREATE TABLE later (id bigserial PRIMARY KEY, title text)")
    with psycopg.connect(server.url(database, APP)) as connection:
        connection.execute(INSERT.format("later"))
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(TRUNCATE.format("later"))


def test_it_makes_no_tables_of_its_own(server: Postgres, database: str) -> None:
    told = pytest.raises(psycopg.errors.InsufficientPrivilege)
    with told, psycopg.connect(server.url(database, APP)) as connection:
        connection.execute("CREATE TABLE public.own (id int)")


def test_granting_again_changes_nothing(server: Postgres, database: str) -> None:
    held = "SELECT grantee, table_name, privilege_type FROM information_schema.table_privileges"
    with psycopg.connect(server.url(database, OWNER)) as connection:
        before = set(connection.execute(held).fetchall())
        grant_app_rights(server.url(database, OWNER))
        assert set(connection.execute(held).fetchall()) == before


def test_production_makes_the_same_roles() -> None:
    """docker/roles.sh is what the database's container runs on an empty volume."""
    home = Path(tempfile.mkdtemp(prefix="portal-roles-"))
    home.chmod(0o711)
    server = Postgres(home / "postgres", durable=False)
    server.start()
    try:
        with psycopg.connect(server.url("postgres", SUPERUSER), autocommit=True) as connection:
            connection.execute(f"DROP ROLE {APP}")
            connection.execute(f"DROP ROLE {OWNER}")
        subprocess.run(
            [ROOT / "docker" / "roles.sh"],
            env={
                "PATH": f"{server.binaries}{os.pathsep}{os.defpath}",
                "PGHOST": str(server.socket_folder),
                "POSTGRES_USER": SUPERUSER,
                "OWNER_PASSWORD": "it's one",
                "APP_PASSWORD": "another",
            },
            check=True,
            capture_output=True,
        )
        grant_app_rights(server.url("portal", OWNER))
        with psycopg.connect(server.url("portal", APP)) as connection:
            connection.execute("SELECT 1")
        with psycopg.connect(server.url("postgres", SUPERUSER)) as connection:
            roles = connection.execute(
                "SELECT rolname, rolsuper, rolcreatedb, rolpassword IS NOT NULL FROM pg_authid "
                "WHERE rolname LIKE 'portal_%' ORDER BY rolname"
            ).fetchall()
        assert roles == [(APP, False, False, True), (OWNER, False, False, True)]
    finally:
        server.stop()
        shutil.rmtree(home, ignore_errors=True)
