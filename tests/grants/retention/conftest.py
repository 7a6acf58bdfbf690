from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _a_storage_of_its_own(settings: Any, tmp_path: Path) -> None:
    """Files of equal content are one file: what is removed here is no other test's."""
    own = {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path, "base_url": None}}
    settings.STORAGES = {**settings.STORAGES, "default": own}
