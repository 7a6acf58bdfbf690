from celery import shared_task

from . import services


@shared_task(name="portal.outbox.run", ignore_result=True)
def run(key: str) -> None:
    services.work(key)


@shared_task(name="portal.outbox.relay", ignore_result=True)
def relay() -> None:
    services.relay()
