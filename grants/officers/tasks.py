from celery import shared_task
from django.utils import timezone

from .services import destroy_due


@shared_task(name="grants.officers.destroy_due", ignore_result=True)
def destroy_what_is_due() -> None:
    destroy_due(timezone.now())
