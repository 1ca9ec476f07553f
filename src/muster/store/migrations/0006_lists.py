from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from muster.records import Incident, Question
from muster.store.codec import decode
from muster.store.listed import incident_columns


def list_incidents(apps: Any, editor: Any) -> None:
    """List the incidents that the case holds already; the next build says more of their statements."""
    alias = editor.connection.alias
    listed = apps.get_model("store", "ListedIncident").objects.using(alias)
    clashes = apps.get_model("store", "Disagreement").objects.using(alias)
    incidents = apps.get_model("store", "Incident").objects.using(alias)
    for id_, blob, asked in list(incidents.values_list("id", "blob", "questions")):
        questions = decode(asked, tuple[Question, ...])
        groups = {group for each in questions for answer in each.answers for group in answer.groups}
        n = clashes.filter(incident_id=id_).count()
        columns = incident_columns(decode(blob, Incident), questions, len(groups), n)
        listed.create(incident_id=id_, **columns)


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0005_dead_alone"),
    ]

    operations = [
        migrations.CreateModel(
            name="ListedIncident",
            fields=[
                (
                    "incident",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to="store.incident",
                    ),
                ),
                ("name", models.TextField()),
                ("kind", models.CharField(max_length=32)),
                ("when", models.CharField(max_length=64, null=True)),
                ("first_on", models.CharField(max_length=10, null=True)),
                ("last_on", models.CharField(max_length=10, null=True)),
                ("place", models.TextField(null=True)),
                ("place_entity", models.CharField(max_length=18, null=True)),
                ("status", models.CharField(max_length=16)),
                ("n_statements", models.IntegerField()),
                ("n_groups", models.IntegerField()),
                ("n_disagreements", models.IntegerField()),
                ("killed_low", models.IntegerField(null=True)),
                ("killed_high", models.IntegerField(null=True)),
                ("injured_low", models.IntegerField(null=True)),
                ("injured_high", models.IntegerField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                ("id", models.CharField(max_length=18, primary_key=True, serialize=False)),
                ("name", models.TextField()),
                ("owner", models.TextField(null=True)),
                ("n_documents", models.IntegerField()),
                ("n_statements", models.IntegerField()),
                ("n_alone", models.IntegerField()),
                ("n_contradicted", models.IntegerField()),
                ("digest", models.CharField(max_length=32)),
                ("blob", models.BinaryField()),
            ],
        ),
        migrations.AddField(
            model_name="document",
            name="source",
            field=models.CharField(db_index=True, default="", max_length=18),
        ),
        migrations.AddField(
            model_name="statement",
            name="alone",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="statement",
            name="contradicted",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="statement",
            name="counts_for",
            field=models.CharField(default="", max_length=18),
        ),
        migrations.AddIndex(
            model_name="entity",
            index=models.Index(fields=["kind", "-n_documents", "name", "id"], name="entity_first"),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["last_state", "accounted_for", "entity"], name="person_state"),
        ),
        migrations.AddIndex(
            model_name="statement",
            index=models.Index(
                fields=["document", "status", "incident", "alone", "contradicted"], name="statement_tally"
            ),
        ),
        migrations.AddIndex(
            model_name="listedincident",
            index=models.Index(
                fields=["-n_disagreements", "-n_groups", "-n_statements", "incident"], name="listed_incident_first"
            ),
        ),
        migrations.AddIndex(
            model_name="listedincident",
            index=models.Index(fields=["first_on", "last_on", "incident"], name="listed_incident_date"),
        ),
        migrations.AddIndex(
            model_name="listedincident",
            index=models.Index(fields=["place_entity"], name="listed_incident_place"),
        ),
        migrations.AddIndex(
            model_name="source",
            index=models.Index(fields=["-n_statements", "name", "id"], name="source_first"),
        ),
        migrations.RunPython(list_incidents, migrations.RunPython.noop),
    ]
