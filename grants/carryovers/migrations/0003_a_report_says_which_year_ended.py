"""A report on a year that ended said by the day of its beginning which year that was; now it says so."""

from typing import Any

from django.db import migrations, models
from django.utils import timezone

from portal.core.dates import FiscalYear


def say_the_year(apps: Any, schema_editor: Any) -> None:
    for report in apps.get_model("carryovers", "YearEnd").objects.select_related("filing"):
        begun = timezone.localdate(report.filing.created_at)
        report.fiscal_year = FiscalYear.of(begun).previous
        report.save(update_fields=["fiscal_year"])


class Migration(migrations.Migration):
    dependencies = [("carryovers", "0002_commitments_of_the_body_itself")]
    operations = [
        migrations.AddField(
            "yearend",
            "fiscal_year",
            models.PositiveSmallIntegerField("終わった年度", null=True),
        ),
        migrations.RunPython(say_the_year, migrations.RunPython.noop),
        migrations.AlterField(
            "yearend", "fiscal_year", models.PositiveSmallIntegerField("終わった年度")
        ),
    ]
