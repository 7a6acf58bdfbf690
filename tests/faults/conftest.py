from __future__ import annotations

from collections.abc import Iterator

import pytest

from portal.local.valkey import Valkey
from tests.running import own_broker_url, use_broker


@pytest.fixture
def broker() -> Iterator[Valkey]:
    """One of its own, that a test may stop and start again."""
    valkey = Valkey()
    valkey.start()
    use_broker(valkey.url)
    yield valkey
    valkey.stop()
    use_broker(own_broker_url())
