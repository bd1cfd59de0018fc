from django.db import migrations, models

from search.folding import fold


def fold_queries(apps, schema_editor):
    """Fold what editors have hidden until now."""
    hidden_queries = apps.get_model("search", "HiddenQuery")
    for hidden in hidden_queries.objects.using(schema_editor.connection.alias):
        hidden.folded = fold(hidden.query)
        hidden.save(update_fields=["folded"])


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0005_follow_changes_and_outages"),
    ]

    operations = [
        migrations.AddField(
            model_name="hiddenquery",
            name="folded",
            field=models.TextField(default="", editable=False),
            preserve_default=False,
        ),
        migrations.RunPython(fold_queries, migrations.RunPython.noop),
    ]
