from celery import shared_task

from .reminders import remind_of_months


@shared_task(name="grants.records.remind", ignore_result=True)
def remind() -> None:
    remind_of_months()
