"""Brings a database to what the code expects, as its owner: tables, cache table, rights.

`python -m portal.local.prepare` with DATABASE_OWNER_URL in the environment; production runs it
once per release, before the new code starts.
"""

import os

import django
from django.core.management import call_command

from portal.local.rights import grant_app_rights


def prepare(owner_url: str) -> None:
    """May be run again at any time; needs DJANGO_SETTINGS_MODULE."""
    os.environ["DATABASE_URL"] = owner_url
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    grant_app_rights(owner_url)


if __name__ == "__main__":
    prepare(os.environ["DATABASE_OWNER_URL"])
