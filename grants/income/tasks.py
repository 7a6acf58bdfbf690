from celery import shared_task

from .reminders import remind_of_income


@shared_task(name="grants.income.remind", ignore_result=True)
def remind() -> None:
    remind_of_income()
