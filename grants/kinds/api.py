from .application.checklist import checklist
from .application.services import start_application

__all__ = ["checklist", "start_application"]
