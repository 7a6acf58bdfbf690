from django.db import migrations


def listings(apps, schema_editor):
    """Every platform has an entry that is shown to nobody until its prefecture chooses."""
    platform, listing = (apps.get_model("platforms", name) for name in ("Platform", "Listing"))
    listing.objects.bulk_create(listing(platform=one) for one in platform.objects.all())


class Migration(migrations.Migration):

    dependencies = [("platforms", "0004_councils_listings_proposals")]

    operations = [migrations.RunPython(listings, migrations.RunPython.noop)]
