from datetime import date

from django.db import migrations

_UNCONFIRMED = "交付要綱の確認待ち（同種の交付金の例）"
_VALUES = (
    ("report_months", "1", _UNCONFIRMED),
    ("report_counting", "from_next_day", _UNCONFIRMED),
    ("report_day", "04-10", _UNCONFIRMED),
    ("unfinished_day", "04-30", "適正化法施行令8条"),
    ("report_roll", "none", _UNCONFIRMED),
    ("interest_rate", "10.95", "適正化法19条"),
    ("interest_unit", "1", "国等の債権債務等の金額の端数計算に関する法律2条1項"),
    ("refund_reduces", "newest", _UNCONFIRMED),
    ("refund_due_days", "20", _UNCONFIRMED),
    ("appeal_days", "30", "適正化法施行令15条"),
)


def give_each_year_its_values(apps, schema_editor):
    """Years opened before these keys were known have their first values from the start."""
    Programme = apps.get_model("programmes", "Programme")
    ProgrammeValue = apps.get_model("programmes", "ProgrammeValue")
    for programme in Programme.objects.all():
        for key, text, source in _VALUES:
            if not ProgrammeValue.objects.filter(programme=programme, key=key).exists():
                ProgrammeValue.objects.create(
                    programme=programme,
                    key=key,
                    text=text,
                    source=source,
                    effective_from=date(programme.fiscal_year - 1, 4, 1),
                )


class Migration(migrations.Migration):

    dependencies = [("programmes", "0003_first_rounds")]

    operations = [migrations.RunPython(give_each_year_its_values, migrations.RunPython.noop)]
