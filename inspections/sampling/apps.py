from django.apps import AppConfig


class SamplingConfig(AppConfig):
    name = "inspections.sampling"
    label = "sampling"
    verbose_name = "検査の対象"

    def ready(self) -> None:
        from grants.demo.api import also_load
        from inspections.visits.api import Section, register_drawing, register_section
        from portal.access.api import register

        from .demo import load
        from .policy import ACTIONS
        from .sections import for_record, of_visit

        register(*ACTIONS)
        register_section(Section("sampling/of_visit.html", of_visit))
        register_drawing(for_record)
        also_load(load)
