from .models import Disposal, RemovedFile
from .removing import documents_of
from .services import propose
from .slots import Copy, Holding, register_copies, register_holding

__all__ = [
    "Copy",
    "Disposal",
    "Holding",
    "RemovedFile",
    "documents_of",
    "propose",
    "register_copies",
    "register_holding",
]
