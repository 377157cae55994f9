from django.db import migrations

from taawun.kernel.clauses import cut, keyed


def read(apps, schema_editor):
    """Every text of a signed paper is read as clauses by its numbered headings; the text itself stays as it is."""
    versions = apps.get_model("agreements", "LanguageVersion").objects.filter(clauses__isnull=True)
    clauses = apps.get_model("agreements", "VersionClause")
    rows = (
        clauses(
            version_id=version.pk,
            position=position,
            key=clause.key,
            number=clause.number,
            title=clause.title,
            text=clause.text,
        )
        for version in versions.iterator()
        for position, clause in enumerate(keyed(cut(version.text)), start=1)
    )
    clauses.objects.bulk_create(rows, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("agreements", "0004_clauses_of_a_text")]

    # Backwards nothing is lost: the texts were never touched, and the rows go with their table.
    operations = [migrations.RunPython(read, migrations.RunPython.noop, elidable=True)]
