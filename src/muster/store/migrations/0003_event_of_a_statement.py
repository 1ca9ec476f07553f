from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0002_judging"),
    ]

    operations = [
        migrations.AddField(
            model_name="statement",
            name="event",
            field=models.CharField(db_index=True, max_length=18, null=True),
        ),
    ]
