"""協議: what a body means to apply for, talked over with the Cabinet Office point by point."""


def register() -> None:
    """Called when the apps start, after the 所要額調査 of whose parts it is made."""
    from dataclasses import replace

    from grants.filings.api import register_kind
    from grants.kinds.needs.kind import NEEDS
    from portal.workflow.api import register as register_workflow

    from .lifecycle import LIFECYCLE

    register_kind(replace(NEEDS, name="consultation", label="協議", symbol="K"))
    register_workflow(LIFECYCLE)
