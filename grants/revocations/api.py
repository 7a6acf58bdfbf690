from .models import Revocation
from .services import revoke
from .states import RevocationGround, RevocationState

__all__ = ["Revocation", "RevocationGround", "RevocationState", "revoke"]
