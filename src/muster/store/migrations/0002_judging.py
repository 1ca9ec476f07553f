import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="JudgedSubject",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.BigIntegerField()),
                ("subject", models.TextField()),
                ("document", models.CharField(db_index=True, max_length=18, null=True)),
                ("held", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="Member",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("local", models.CharField(max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name="Setting",
            fields=[
                ("name", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("value", models.TextField()),
            ],
        ),
        migrations.AddField(
            model_name="document",
            name="placed_with",
            field=models.CharField(default="", max_length=32),
        ),
        migrations.AddField(
            model_name="extraction",
            name="judged",
            field=models.BinaryField(null=True),
        ),
        migrations.AddField(
            model_name="judgement",
            name="sequence",
            field=models.BigIntegerField(default=0, unique=True),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="statement",
            name="added",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="statement",
            name="confidence",
            field=models.FloatField(default=0.0),
        ),
        migrations.AddField(
            model_name="statement",
            name="incident",
            field=models.CharField(max_length=18, null=True),
        ),
        migrations.AddField(
            model_name="statement",
            name="judged",
            field=models.BinaryField(null=True),
        ),
        migrations.AddField(
            model_name="statement",
            name="origin",
            field=models.TextField(default=""),
        ),
        migrations.AddField(
            model_name="statement",
            name="told_on",
            field=models.CharField(max_length=64, null=True),
        ),
        migrations.AlterField(
            model_name="judgement",
            name="decided_by",
            field=models.TextField(db_index=True),
        ),
        migrations.AlterField(
            model_name="judgement",
            name="kind",
            field=models.CharField(db_index=True, max_length=16),
        ),
        migrations.AddIndex(
            model_name="statement",
            index=models.Index(fields=["status", "confidence", "id"], name="statement_queue"),
        ),
        migrations.AddIndex(
            model_name="statement",
            index=models.Index(fields=["incident", "id"], name="statement_incident"),
        ),
        migrations.AddIndex(
            model_name="statement",
            index=models.Index(fields=["act", "status", "id"], name="statement_act"),
        ),
        migrations.AddIndex(
            model_name="statement",
            index=models.Index(fields=["origin", "id"], name="statement_origin"),
        ),
        migrations.AddIndex(
            model_name="statement",
            index=models.Index(fields=["document", "start", "id"], name="statement_place"),
        ),
        migrations.AddField(
            model_name="judgedsubject",
            name="judgement",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="store.judgement"),
        ),
        migrations.AddField(
            model_name="member",
            name="document",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="store.document"),
        ),
        migrations.AddField(
            model_name="member",
            name="entity",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="store.entity"),
        ),
        migrations.AddIndex(
            model_name="judgedsubject",
            index=models.Index(fields=["subject", "sequence"], name="judged_subject"),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.UniqueConstraint(fields=("document", "local"), name="member_once"),
        ),
    ]
