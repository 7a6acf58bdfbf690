from django.db import migrations


class Migration(migrations.Migration):
    """Apart from the rows that were made: a table with pending checks cannot be altered."""

    dependencies = [
        ("orders", "0002_reports_as_they_were_received"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="order",
            name="reported_at",
        ),
        migrations.RemoveField(
            model_name="order",
            name="reported_by_name",
        ),
    ]
