"""Filings that were on their way before the desk counted: their warnings and returns."""

import json

from django.db import migrations


def count(apps, schema_editor):
    filings = apps.get_model("filings", "Filing")
    events = apps.get_model("audit", "Event")
    facts = apps.get_model("desk", "CaseFacts")
    waiting = filings.objects.exclude(first_submitted_at=None).filter(desk_facts=None)
    for filing in waiting.order_by("pk").iterator(chunk_size=100):
        sealed = filing.versions.filter(recalled_at=None).order_by("-number").first()
        if sealed is None:
            continue
        judged = json.loads(sealed.payload).get("judgements", ())
        returns = events.objects.filter(
            subject_type="filings.filing", subject_id=str(filing.pk), verb__endswith=".return"
        )
        facts.objects.create(
            filing=filing,
            warnings=sum(one["state"] == "warning" for one in judged),
            returns=returns.count(),
        )


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0001_initial"),
        ("desk", "0002_notes_second_reading_questions"),
        ("filings", "0003_reviewers"),
    ]

    operations = [migrations.RunPython(count, migrations.RunPython.noop)]
