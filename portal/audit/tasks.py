from celery import shared_task

from . import services


@shared_task(name="portal.audit.anchor", ignore_result=True)
def anchor() -> None:
    services.write_anchor()
