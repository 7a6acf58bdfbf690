from django.apps import AppConfig


class OfficersConfig(AppConfig):
    name = "grants.officers"
    label = "officers"
    verbose_name = "役員名簿"

    def ready(self) -> None:
        from portal.access.api import register
        from portal.ui.api import Chip, Form, register_chips

        from .policy import ACTIONS

        register(*ACTIONS)
        register_chips(
            inquiry_waiting=Chip("照会中", "submitted"),
            inquiry_none_found=Chip("該当なし", "done", Form.SHAPE),
            inquiry_found=Chip("該当", "returned"),
            officers_destroyed=Chip("廃棄済み", form=Form.PLAIN),
        )
