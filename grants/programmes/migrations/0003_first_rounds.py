from datetime import date

from django.db import migrations


def give_each_year_its_first_round(apps, schema_editor):
    """Years opened before there were rounds: one round, and the value of the new key from the start."""
    Programme = apps.get_model("programmes", "Programme")
    Round = apps.get_model("programmes", "Round")
    ProgrammeValue = apps.get_model("programmes", "ProgrammeValue")
    for programme in Programme.objects.all():
        Round.objects.get_or_create(programme=programme, number=1, defaults={"name": "当初"})
        if not ProgrammeValue.objects.filter(programme=programme, key="over_allotment").exists():
            ProgrammeValue.objects.create(
                programme=programme,
                key="over_allotment",
                text="block",
                source="交付要綱の確認待ち（同種の交付金の例）",
                effective_from=date(programme.fiscal_year - 1, 4, 1),
            )


class Migration(migrations.Migration):

    dependencies = [("programmes", "0002_rounds_promises_and_conditions")]

    operations = [
        migrations.RunPython(give_each_year_its_first_round, migrations.RunPython.noop)
    ]
