from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0006_lists"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="statement", name="statement_act"),
        migrations.RemoveIndex(model_name="statement", name="statement_origin"),
        migrations.AddIndex(
            model_name="statement",
            index=models.Index(fields=["status", "document", "start", "id"], name="statement_to_read"),
        ),
        migrations.AddIndex(
            model_name="statement",
            index=models.Index(fields=["act", "status", "confidence", "id"], name="statement_of_act"),
        ),
        migrations.AddIndex(
            model_name="statement",
            index=models.Index(fields=["origin", "status", "confidence", "id"], name="statement_of_origin"),
        ),
        migrations.AddIndex(model_name="disagreement", index=models.Index(fields=["a"], name="disagreement_a")),
        migrations.AddIndex(model_name="disagreement", index=models.Index(fields=["b"], name="disagreement_b")),
        migrations.AlterField(model_name="judgement", name="decided_by", field=models.TextField()),
        migrations.AlterField(model_name="judgement", name="kind", field=models.CharField(max_length=16)),
        migrations.AddIndex(
            model_name="judgement", index=models.Index(fields=["kind", "sequence"], name="judgement_kind")
        ),
        migrations.AddIndex(
            model_name="judgement", index=models.Index(fields=["decided_by", "sequence"], name="judgement_by")
        ),
    ]
