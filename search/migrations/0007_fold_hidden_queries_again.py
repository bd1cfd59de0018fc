from django.db import migrations

from search.folding import fold


def fold_queries(apps, schema_editor):
    """Fold what editors have hidden as the log's queries are folded now: ø is o, and what is not seen is dropped."""
    hidden_queries = apps.get_model("search", "HiddenQuery")
    for hidden in hidden_queries.objects.using(schema_editor.connection.alias):
        hidden.folded = fold(hidden.query)
        hidden.save(update_fields=["folded"])


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0006_fold_hidden_queries"),
    ]

    operations = [
        migrations.RunPython(fold_queries, migrations.RunPython.noop),
    ]
