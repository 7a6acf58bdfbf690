from .slots import Panel, register

__all__ = ["Panel", "register"]
