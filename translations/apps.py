from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TranslationsConfig(AppConfig):
    name = "translations"
    verbose_name = _("Translation desk")

    def ready(self) -> None:
        # The worker needs their jobs and duties.
        from translations import bundles, components, signals, submission, wishes  # noqa: F401, PLC0415 -- app ready
        from translations.upstream import admin_pages, aliases  # noqa: PLC0415 -- needs models, which are loaded only now

        signals.connect()
        aliases.withdraw_locale_synchronisation()
        wishes.register()
        admin_pages.add_column(components.TranslationsColumn("translations", label=_("Translations")), before="status")
        admin_pages.add_side_panel(components.TranslationsSidePanel)
