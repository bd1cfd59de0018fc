import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0006_fold_hidden_queries"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="JudgedQuery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("en", "English"),
                            ("zh-hant", "繁體中文"),
                            ("ko", "한국어"),
                            ("ja", "日本語"),
                            ("zh-hans", "简体中文"),
                        ],
                        max_length=20,
                        verbose_name="language",
                    ),
                ),
                ("query", models.CharField(max_length=200, verbose_name="query")),
                ("key", models.CharField(editable=False, max_length=200)),
                (
                    "ndcg",
                    models.FloatField(
                        blank=True,
                        help_text="nDCG@10, from 0 to 1.",
                        null=True,
                        verbose_name="how well it was answered",
                    ),
                ),
                ("measured_at", models.DateTimeField(blank=True, null=True, verbose_name="measured")),
            ],
            options={
                "verbose_name": "judged query",
                "verbose_name_plural": "judged queries",
                "ordering": ["language", "query"],
                "constraints": [models.UniqueConstraint(fields=("language", "key"), name="search_judged_query_once")],
            },
        ),
        migrations.CreateModel(
            name="Judgement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("translation_key", models.UUIDField(verbose_name="page")),
                (
                    "grade",
                    models.PositiveSmallIntegerField(
                        choices=[(2, "answers the question"), (1, "helps"), (0, "does not help")], verbose_name="grade"
                    ),
                ),
                ("judged_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="judged")),
                (
                    "judged_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="judged by",
                    ),
                ),
                (
                    "query",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="judgements",
                        to="search.judgedquery",
                        verbose_name="query",
                    ),
                ),
            ],
            options={
                "verbose_name": "judgement",
                "verbose_name_plural": "judgements",
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("query", "translation_key"), name="search_judgement_once"),
                    models.CheckConstraint(condition=models.Q(("grade__in", [0, 1, 2])), name="search_judgement_grade"),
                ],
            },
        ),
    ]
