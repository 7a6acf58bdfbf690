from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "inspections.orders"
    label = "orders"
    verbose_name = "措置の命令"

    def ready(self) -> None:
        from grants.awards.api import register_suspensions
        from grants.demo.api import also_load
        from grants.guideline.api import carry
        from grants.objections.api import register_acts
        from inspections.findings.api import register_section as register_finding_section
        from inspections.visits.api import Section, register_closing_guard, register_section
        from portal.access.api import register
        from portal.home.api import register as register_panels
        from portal.ui.api import Chip, register_chips
        from portal.workflow.api import register as register_workflow

        from . import notifications  # noqa: F401  notices register themselves by decorator
        from .acts import ORDERS
        from .carriers import CARRIERS
        from .demo import load
        from .documents import register_documents
        from .lifecycle import ORDER_LIFECYCLE
        from .panels import PANELS
        from .policy import ACTIONS
        from .sections import all_settled, of_finding, of_visit, suspension_of

        register(*ACTIONS)
        register_workflow(ORDER_LIFECYCLE)
        register_documents()
        register_chips(not_complied=Chip("不履行", "late"))
        register_section(Section("orders/of_visit.html", of_visit))
        register_finding_section(Section("orders/of_finding.html", of_finding))
        register_closing_guard(all_settled)
        register_suspensions(suspension_of)
        register_panels(*PANELS)
        carry(*CARRIERS)
        register_acts(ORDERS)
        also_load(load)
