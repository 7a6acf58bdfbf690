from celery import shared_task

from .reminders import remind_of_checks


@shared_task(name="grants.contractors.remind", ignore_result=True)
def remind() -> None:
    remind_of_checks()
