from celery import shared_task

from .reminders import remind_of_subcontractors


@shared_task(name="grants.subcontracts.remind", ignore_result=True)
def remind() -> None:
    remind_of_subcontractors()
