from .services import TryAgain, drain, enqueue, handles

__all__ = ["TryAgain", "drain", "enqueue", "handles"]
