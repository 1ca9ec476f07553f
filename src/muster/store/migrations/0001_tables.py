import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Artefact",
            fields=[
                ("name", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("made_with", models.CharField(max_length=32)),
                ("blob", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.CharField(max_length=18, primary_key=True, serialize=False)),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("name", models.TextField()),
                ("media_type", models.TextField()),
                ("n_bytes", models.BigIntegerField()),
                ("read_with", models.CharField(db_index=True, default="", max_length=32)),
                ("extracted_with", models.CharField(db_index=True, default="", max_length=32)),
                ("outlined_with", models.CharField(db_index=True, default="", max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name="Entity",
            fields=[
                ("id", models.CharField(max_length=18, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=16)),
                ("name", models.TextField()),
                ("n_documents", models.IntegerField()),
                ("digest", models.CharField(max_length=32)),
                ("blob", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Errand",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("paths", models.TextField(unique=True)),
            ],
        ),
        migrations.CreateModel(
            name="Group",
            fields=[
                ("id", models.CharField(max_length=18, primary_key=True, serialize=False)),
                ("n_members", models.IntegerField()),
                ("digest", models.CharField(max_length=32)),
                ("blob", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Incident",
            fields=[
                ("id", models.CharField(max_length=18, primary_key=True, serialize=False)),
                ("name", models.TextField()),
                ("kind", models.CharField(max_length=32)),
                ("when", models.CharField(max_length=64, null=True)),
                ("place", models.TextField(null=True)),
                ("n_statements", models.IntegerField()),
                ("weighed_with", models.CharField(max_length=32)),
                ("blob", models.BinaryField()),
                ("questions", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Judgement",
            fields=[
                ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=16)),
                ("decided_at", models.CharField(max_length=32)),
                ("decided_by", models.TextField()),
                ("blob", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Tie",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("a", models.CharField(max_length=18)),
                ("b", models.CharField(max_length=18)),
                ("kind", models.CharField(max_length=16)),
                ("strong", models.BooleanField()),
                ("digest", models.CharField(max_length=32, unique=True)),
                ("blob", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Extraction",
            fields=[
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to="store.document",
                    ),
                ),
                ("n_statements", models.IntegerField()),
                ("n_refused", models.IntegerField()),
                ("blob", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Outline",
            fields=[
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to="store.document",
                    ),
                ),
                ("digest", models.CharField(max_length=32)),
                ("blob", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to="store.document",
                    ),
                ),
                ("title", models.TextField(null=True)),
                ("author", models.TextField(null=True)),
                ("outlet", models.TextField(null=True)),
                ("published_on", models.CharField(max_length=64, null=True)),
                ("language", models.CharField(max_length=16)),
                ("reader", models.CharField(max_length=64)),
                ("n_chars", models.BigIntegerField()),
                ("digest", models.CharField(max_length=32)),
                ("blob", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Settled",
            fields=[
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to="store.document",
                    ),
                ),
                ("on", models.CharField(max_length=64)),
                ("why", models.TextField()),
                ("language", models.CharField(max_length=16)),
                ("made_with", models.CharField(max_length=32)),
                ("blob", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "entity",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to="store.entity",
                    ),
                ),
                ("name", models.TextField()),
                ("last_state", models.CharField(max_length=16, null=True)),
                ("last_on", models.CharField(max_length=64, null=True)),
                ("accounted_for", models.BooleanField()),
                ("made_with", models.CharField(max_length=32)),
                ("blob", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Problem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=64)),
                ("why", models.TextField()),
                ("words", models.TextField()),
                ("at", models.BigIntegerField(null=True)),
                ("document", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="store.document")),
            ],
        ),
        migrations.CreateModel(
            name="Reject",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.TextField()),
                ("path", models.TextField(default="")),
                ("stage", models.CharField(max_length=16)),
                ("code", models.CharField(max_length=64)),
                ("message", models.TextField()),
                ("hint", models.TextField()),
                (
                    "document",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, to="store.document"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                ("id", models.CharField(max_length=18, primary_key=True, serialize=False)),
                ("position", models.IntegerField()),
                ("start", models.BigIntegerField()),
                ("end", models.BigIntegerField()),
                ("act", models.CharField(max_length=32)),
                ("polarity", models.CharField(max_length=16)),
                ("modality", models.CharField(max_length=16)),
                ("status", models.CharField(default="proposed", max_length=16)),
                ("blob", models.BinaryField()),
                ("document", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="store.document")),
            ],
        ),
        migrations.CreateModel(
            name="Acquisition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.TextField()),
                ("path", models.TextField()),
                ("container", models.TextField(default="")),
                ("media_type", models.TextField()),
                ("acquired_at", models.CharField(max_length=32)),
                ("acquired_by", models.TextField(null=True)),
                ("document", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="store.document")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("document", "name", "path", "container"), name="acquired_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Disagreement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("a", models.CharField(max_length=18)),
                ("b", models.CharField(default="", max_length=18)),
                ("kind", models.CharField(max_length=16)),
                ("rank", models.FloatField()),
                ("blob", models.BinaryField()),
                (
                    "document",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, to="store.document"),
                ),
                (
                    "incident",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, to="store.incident"),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["-rank", "a", "b", "kind"], name="disagreement_first")],
            },
        ),
        migrations.CreateModel(
            name="Mentioning",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("entity", models.CharField(max_length=32)),
                ("document", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="store.document")),
                ("statement", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="store.statement")),
            ],
            options={
                "indexes": [models.Index(fields=["document", "entity"], name="mentioning_entity")],
            },
        ),
    ]
