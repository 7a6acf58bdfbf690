from celery import shared_task

from .reminders import remind_of_figures


@shared_task(name="grants.input_tax.remind", ignore_result=True)
def remind() -> None:
    remind_of_figures()
