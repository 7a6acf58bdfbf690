from celery import shared_task

from .reminders import remind_of_payments


@shared_task(name="grants.settlements.remind", ignore_result=True)
def remind() -> None:
    remind_of_payments()
