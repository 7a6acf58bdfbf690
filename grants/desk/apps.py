from typing import Any

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "grants.desk"
    label = "desk"
    verbose_name = "審査の机"

    def ready(self) -> None:
        from grants.filings.api import register_handling_guard
        from grants.programmes.api import copied_with_the_year
        from portal.access.api import CABINET_OFFICE, register
        from portal.home.api import register as register_panels
        from portal.ui.api import NavItem, register_navigation
        from portal.workflow.api import transitioned

        from . import notifications  # noqa: F401  notices register themselves by decorator
        from .guards import no_conflict
        from .panels import PANELS
        from .policy import ACTIONS
        from .reading import copy_questions

        register(*ACTIONS)
        register_panels(*PANELS)
        register_handling_guard(no_conflict)
        copied_with_the_year(copy_questions)
        register_navigation(
            NavItem("審査", "desk:list", CABINET_OFFICE, order=10),
            NavItem("利害関係の申出", "desk:conflicts", CABINET_OFFICE, order=95, section="menu"),
            NavItem("審査の確認項目", "desk:questions", CABINET_OFFICE, order=96, section="menu"),
        )
        transitioned.connect(_count, dispatch_uid="desk.count")


def _count(sender: Any, subject: Any, transition: Any, **rest: Any) -> None:
    """Inside the transaction in which a filing moves."""
    from grants.filings.api import Filing, FilingState

    from .services import count_return, count_version

    if sender is not Filing:
        return
    if subject.state == FilingState.SUBMITTED:
        count_version(subject)
    elif transition.name == "return":
        count_return(subject)
