"""PostgreSQL and Valkey together, and what a process must know to reach them."""

from pathlib import Path
from types import TracebackType
from typing import Self

from portal.local.postgres import APP, OWNER, Postgres
from portal.local.valkey import Valkey


class Servers:
    """Use as a context manager: both are stopped on the way out, whatever happened.

    `durable=False` is for tests: quicker, and the data need not outlive a crash.
    """

    def __init__(self, home: Path, *, durable: bool = True, database: str = "portal") -> None:
        self.postgres = Postgres(home / "postgres", durable=durable)
        self.valkey = Valkey()
        self.database = database

    def start(self) -> None:
        self.postgres.start()
        try:
            self.postgres.ensure_database(self.database)
            self.valkey.start()
        except BaseException:
            self.postgres.stop()
            raise

    def stop(self) -> None:
        self.valkey.stop()
        self.postgres.stop()

    def environment(self) -> dict[str, str]:
        """The same names that production sets."""
        return {
            "DATABASE_URL": self.postgres.url(self.database, APP),
            "DATABASE_OWNER_URL": self.postgres.url(self.database, OWNER),
            "REDIS_URL": self.valkey.url,
        }

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()
