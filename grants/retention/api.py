from .models import Disposal, RemovedFile
from .services import propose
from .slots import Copy, Holding, register_copies, register_holding

__all__ = [
    "Copy",
    "Disposal",
    "Holding",
    "RemovedFile",
    "propose",
    "register_copies",
    "register_holding",
]
