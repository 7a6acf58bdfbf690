"""The migrations hold what the models, the lifecycle tables and their triggers say."""

import io

import pytest
from django.core.management import call_command


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    told = io.StringIO()
    try:
        call_command("makemigrations", "--check", "--dry-run", stdout=told)
    except SystemExit:
        pytest.fail(f"run `./dev manage makemigrations`:\n{told.getvalue()}")
