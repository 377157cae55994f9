from django.db import migrations


def keep(apps, schema_editor):
    """Until now an agency had one version: the first. Every case began under it."""
    settings = apps.get_model('cycle', 'ProviderSettings').objects
    for pk, provider_id in settings.filter(version=1).values_list('pk', 'provider_id'):
        for model in ('CooperationRequest', 'Operation'):
            cases = apps.get_model('cycle', model).objects
            cases.filter(provider_id=provider_id, settings=None).update(settings_id=pk)


class Migration(migrations.Migration):

    dependencies = [
        ('cycle', '0003_settings_in_versions'),
    ]

    operations = [
        migrations.RunPython(keep, migrations.RunPython.noop),
    ]
