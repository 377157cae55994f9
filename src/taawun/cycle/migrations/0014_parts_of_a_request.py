from django.db import migrations, models
from django.db.models import F
from django.db.models.functions import JSONObject


def count_all_as_saved_last(apps, schema_editor):
    # Which part was saved when is not known of what stands: whoever read an older version meets a conflict, as before.
    # "*" counts for every part that has no version of its own yet (foundation.cases.EVERY).
    requests = apps.get_model("cycle", "CooperationRequest").objects.all()
    requests.update(part_versions=JSONObject(**{"*": F("version")}))


class Migration(migrations.Migration):

    dependencies = [
        ("cycle", "0013_stand_alone_is_a_setting"),
    ]

    operations = [
        migrations.AddField(
            model_name="cooperationrequest",
            name="part_versions",
            field=models.JSONField(default=dict, editable=False),
        ),
        migrations.RunPython(count_all_as_saved_last, migrations.RunPython.noop),
    ]
