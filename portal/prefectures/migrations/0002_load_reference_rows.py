from django.db import migrations

from portal.prefectures.services import write_reference_rows


def load(apps, schema_editor):
    write_reference_rows(
        apps.get_model("prefectures", "Prefecture"), apps.get_model("prefectures", "Municipality")
    )


class Migration(migrations.Migration):
    dependencies = [("prefectures", "0001_initial")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
