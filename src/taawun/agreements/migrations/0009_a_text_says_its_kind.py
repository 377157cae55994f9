from django.db import migrations, models

KINDS = [
    ("note-verbale", "Note verbale"),
    ("note-verbale-reply", "Reply to the note verbale"),
    ("record-of-discussions", "Record of Discussions"),
    ("minutes", "Minutes of meeting"),
    ("amendment", "Amendment to the Record of Discussions"),
]


def say_the_kind(apps, schema_editor):
    rounds = apps.get_model("agreements", "NegotiationRound")
    for one in rounds.objects.select_related("instrument"):
        rounds.objects.filter(pk=one.pk).update(kind=one.instrument.kind)


class Migration(migrations.Migration):
    dependencies = [("agreements", "0008_a_text_goes_out_and_comes_back")]

    operations = [
        migrations.AddField(
            model_name="negotiationround",
            name="kind",
            field=models.CharField(
                choices=KINDS, default="", editable=False, max_length=30, verbose_name="kind"
            ),
            preserve_default=False,
        ),
        migrations.RunPython(say_the_kind, migrations.RunPython.noop),
    ]
