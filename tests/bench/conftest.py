from __future__ import annotations

import logging

import pytest


@pytest.fixture(scope="session", autouse=True)
def _the_figures_alone_are_printed() -> None:
    logging.getLogger("django_structlog").setLevel(logging.WARNING)
