from typing import Any

from django.core.management.base import BaseCommand

from portal.workflow.pages import filled, readmes


class Command(BaseCommand):
    help = "READMEの生成部分（権限の表、状態の図）を、コードのとおりに書き直す。"

    def handle(self, *args: Any, **options: Any) -> None:
        for path in readmes():
            text = path.read_text()
            fresh = filled(text)
            if fresh != text:
                path.write_text(fresh)
                self.stdout.write(str(path))
