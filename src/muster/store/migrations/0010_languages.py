from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0009_long_names"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="reading",
            index=models.Index(fields=["language", "document"], name="reading_language"),
        ),
    ]
