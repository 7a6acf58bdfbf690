from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.audit.models import Head
from portal.audit.services import verify


class Command(BaseCommand):
    help = "証跡の連鎖を、控えと署名した日次ファイルに照らして検証する。"

    def handle(self, *args: Any, **options: Any) -> None:
        faults = verify()
        for fault in faults:
            self.stderr.write(f"{fault.seq}番: {fault.what}")
        if faults:
            raise CommandError(f"{len(faults)}か所に問題があります。")
        head = Head.objects.filter(pk=1).first()
        self.stdout.write(f"{head.seq if head else 0}件の証跡に問題はありません。")
