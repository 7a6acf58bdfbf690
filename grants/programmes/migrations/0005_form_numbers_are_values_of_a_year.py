"""Two forms had a value for their number; now each form has one, named after it."""

from typing import Any

from django.db import migrations

_RENAMED = {"claim_form": "form_of_claim", "income_form": "form_of_income"}


def rename(apps: Any, schema_editor: Any) -> None:
    for old, new in _RENAMED.items():
        apps.get_model("programmes", "ProgrammeValue").objects.filter(key=old).update(key=new)


def rename_back(apps: Any, schema_editor: Any) -> None:
    for old, new in _RENAMED.items():
        apps.get_model("programmes", "ProgrammeValue").objects.filter(key=new).update(key=old)


class Migration(migrations.Migration):
    dependencies = [("programmes", "0004_papers_that_may_come_late")]
    operations = [migrations.RunPython(rename, rename_back)]
