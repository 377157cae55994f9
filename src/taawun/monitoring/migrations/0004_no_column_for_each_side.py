from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0003_what_each_party_says_it_did")]

    operations = [
        migrations.RemoveField(model_name="sheet", name="actions_partner"),
        migrations.RemoveField(model_name="sheet", name="actions_provider"),
    ]
