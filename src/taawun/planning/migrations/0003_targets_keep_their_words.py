from django.db import migrations

WORDED = ("code", "name", "means_of_verification", "frequency", "responsible")


def word(apps, schema_editor):
    """What a version aims at is told as its indicator is told now: no version had another wording yet."""
    targets = apps.get_model('planning', 'Target').objects.select_related('definition')
    held = []
    for target in targets.iterator():
        for name in WORDED:
            setattr(target, name, getattr(target.definition, name))
        held.append(target)
    apps.get_model('planning', 'Target').objects.bulk_update(held, WORDED, batch_size=500)


class Migration(migrations.Migration):

    dependencies = [
        ('planning', '0002_versions_that_follow'),
    ]

    operations = [
        migrations.RunPython(word, migrations.RunPython.noop),
    ]
