from django.apps import AppConfig


class ObjectionsConfig(AppConfig):
    name = "grants.objections"
    label = "objections"
    verbose_name = "不服の申出"

    def ready(self) -> None:
        from grants.filings.api import Section, register_section
        from portal.access.api import CABINET_OFFICE, PREFECTURE
        from portal.access.api import register as register_actions
        from portal.home.api import register as register_panels
        from portal.ui.api import Chip, NavItem, register_chips, register_navigation
        from portal.workflow.api import register as register_workflow

        from . import notifications  # noqa: F401  notices register themselves by decorator
        from .acts import register_acts
        from .documents import register_documents
        from .known import DECISIONS
        from .lifecycle import OBJECTION_LIFECYCLE
        from .panels import PANELS
        from .policy import ACTIONS
        from .standing import of_filing

        register_actions(*ACTIONS)
        register_workflow(OBJECTION_LIFECYCLE)
        register_documents()
        register_acts(DECISIONS)
        register_section(Section("objections/of_act.html", of_filing))
        register_panels(*PANELS)
        register_chips(
            filed=Chip("申出済み", "submitted"),
            mending=Chip("補正待ち", "returned"),
            admitted=Chip("受理", "submitted"),
            hearing=Chip("意見を述べる機会", "review"),
            heard=Chip("措置の検討", "review"),
            dismissed=Chip("受理しない", "closed"),
            cabinet=Chip("内閣への意見の申出", "review"),
        )
        register_navigation(
            NavItem(
                "不服の申出",
                "objections:list",
                PREFECTURE | CABINET_OFFICE,
                order=60,
                section="menu",
            )
        )
