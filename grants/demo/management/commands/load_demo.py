from typing import Any

from django.core.management.base import BaseCommand, CommandError

from grants.demo.loader import is_empty, load, write_sign_ins


class Command(BaseCommand):
    help = "見本のデータを入れる（47都道府県、2年度）。"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--if-empty", action="store_true", help="データがあれば何もしない")

    def handle(self, *args: Any, **options: Any) -> None:
        if not is_empty():
            if options["if_empty"]:
                return
            raise CommandError("データがすでにあります。空のデータベースで実行してください。")
        cast = load()
        write_sign_ins(cast)
        self.stdout.write(
            f"見本のデータを入れました（{len(cast.sign_ins)}人がサインインできます）。"
        )
