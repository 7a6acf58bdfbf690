"""The broker: private, and able to come back at the same address."""

import os
import signal
from collections.abc import Iterator

import pytest
import redis

from portal.local.valkey import Valkey


@pytest.fixture
def broker() -> Iterator[Valkey]:
    broker = Valkey()
    broker.start()
    yield broker
    broker.stop()


def ping(url: str) -> bool:
    with redis.Redis.from_url(url, socket_connect_timeout=1) as client:
        return bool(client.ping())


def test_it_answers_to_its_password_alone(broker: Valkey) -> None:
    assert ping(broker.url)
    with pytest.raises(redis.AuthenticationError):
        ping(broker.url.replace(broker.password, "wrong"))


def test_the_password_is_not_among_its_arguments(broker: Valkey) -> None:
    assert broker.process is not None
    with open(f"/proc/{broker.process.pid}/cmdline", "rb") as arguments:
        assert broker.password.encode() not in arguments.read()


def test_it_comes_back_at_the_same_address(broker: Valkey) -> None:
    address = broker.url
    broker.stop()
    with pytest.raises(redis.ConnectionError):
        ping(address)
    broker.start()
    assert broker.url == address
    assert ping(address)


def test_it_starts_again_after_a_kill(broker: Valkey) -> None:
    assert broker.process is not None
    os.kill(broker.process.pid, signal.SIGKILL)
    broker.stop()
    broker.start()
    assert ping(broker.url)


def test_a_taken_port_is_left_to_its_owner(broker: Valkey) -> None:
    other = Valkey()
    other.port = broker.port
    other.start()
    try:
        assert other.port != broker.port
        assert ping(other.url)
        assert ping(broker.url)
    finally:
        other.stop()
