from typing import Any

from django.db import migrations, models

from muster.casebook.alone import dead_alone, is_dead_alone
from muster.records import Person, Question
from muster.store.codec import decode


def tell(apps: Any, editor: Any) -> None:
    """Fill the new columns from what the case holds already."""
    alias = editor.connection.alias
    incidents = apps.get_model("store", "Incident").objects.using(alias)
    for id_, blob in list(incidents.values_list("id", "questions")):
        incidents.filter(id=id_).update(dead_alone=dead_alone(decode(blob, tuple[Question, ...])))
    people = apps.get_model("store", "Person").objects.using(alias)
    for id_, blob in list(people.values_list("entity_id", "blob")):
        if is_dead_alone(decode(blob, Person)):
            people.filter(entity_id=id_).update(dead_alone=True)


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0004_search"),
    ]

    operations = [
        migrations.AddField(
            model_name="incident",
            name="dead_alone",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="person",
            name="dead_alone",
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(tell, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name="tie",
            name="a",
            field=models.CharField(db_index=True, max_length=18),
        ),
        migrations.AlterField(
            model_name="tie",
            name="b",
            field=models.CharField(db_index=True, max_length=18),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["name", "id"], name="document_name"),
        ),
        migrations.AddIndex(
            model_name="incident",
            index=models.Index(fields=["-dead_alone", "id"], name="incident_dead_alone"),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["accounted_for", "-last_on", "name"], name="person_accounted"),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["dead_alone", "name"], name="person_dead_alone"),
        ),
    ]
