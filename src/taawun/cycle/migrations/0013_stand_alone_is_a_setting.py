import django.contrib.postgres.fields
import taawun.cycle.models.settings
from django.db import migrations, models


def as_the_table_stood():
    # What versions made before this go by: the table the program held until then, whatever becomes of the default.
    return [f"modality:{code}" for code in ("equipment", "expert", "seminar", "study-visit", "training")]


class Migration(migrations.Migration):

    dependencies = [
        ('cycle', '0012_words_to_find'),
    ]

    operations = [
        migrations.AddField(
            model_name='providersettings',
            name='stand_alone',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=100), blank=True, default=as_the_table_stood, size=None, verbose_name='stand-alone activities'),
        ),
        migrations.AlterField(
            model_name='providersettings',
            name='stand_alone',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=100), blank=True, default=taawun.cycle.models.settings.usually_alone, size=None, verbose_name='stand-alone activities'),
        ),
    ]
