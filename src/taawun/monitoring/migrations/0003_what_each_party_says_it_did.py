import django.db.models.deletion
from django.db import migrations, models

OF_THE_PARTNER = ("implementing", "beneficiary", "coordination")


def keep_texts(apps, schema_editor):
    """What stood in the columns of the two sides is said by their parties: the provider, and who carries it out."""
    sheets = apps.get_model("monitoring", "Sheet").objects.exclude(actions_partner="", actions_provider="")
    told = apps.get_model("monitoring", "SheetActions").objects
    parties = apps.get_model("cycle", "Party").objects
    for sheet in sheets:
        held = list(parties.filter(operation_id=sheet.operation_id).order_by("pk"))
        partner = sorted((p for p in held if p.part in OF_THE_PARTNER), key=lambda p: OF_THE_PARTNER.index(p.part))
        provider = [p for p in held if p.part == "provider"]
        for party, text in ((partner[:1], sheet.actions_partner), (provider[:1], sheet.actions_provider)):
            if party and text:
                told.create(sheet=sheet, party=party[0], text=text)


class Migration(migrations.Migration):
    dependencies = [
        ("cycle", "0008_deputies_in_absence"),
        ("monitoring", "0002_keep_what_a_lesson_comes_from"),
    ]

    operations = [
        migrations.CreateModel(
            name="SheetActions",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(max_length=4000, verbose_name="actions taken")),
                ("party", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cycle.party")),
                ("sheet", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="told", to="monitoring.sheet")),
            ],
            options={
                "verbose_name": "monitoring sheet",
                "ordering": ["party", "pk"],
                "constraints": [models.UniqueConstraint(fields=("sheet", "party"), name="sheet_actions_once")],
            },
        ),
        migrations.RunPython(keep_texts, migrations.RunPython.noop),
    ]
