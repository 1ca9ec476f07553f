from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0007_queue"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="mentioning", name="mentioning_entity"),
        migrations.AddIndex(
            model_name="member",
            index=models.Index(fields=["entity", "document", "local"], name="member_of_entity"),
        ),
        migrations.AddIndex(
            model_name="mentioning",
            index=models.Index(fields=["document", "entity", "statement"], name="mentioning_of_entity"),
        ),
    ]
