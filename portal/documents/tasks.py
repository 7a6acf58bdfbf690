"""A worker pays for its first PDF when it starts."""

from typing import Any

from celery.signals import worker_process_init


@worker_process_init.connect
def warm_up(**_: Any) -> None:
    from . import pdf  # what it loads is for workers alone

    pdf.warm()
