from django.db import migrations, models


class Migration(migrations.Migration):
    """Paths may be longer than an index of PostgreSQL holds; one writer at a time keeps them apart."""

    dependencies = [("store", "0008_naming")]

    operations = [
        migrations.RemoveConstraint(model_name="acquisition", name="acquired_once"),
        migrations.AlterField(model_name="errand", name="paths", field=models.TextField()),
    ]
