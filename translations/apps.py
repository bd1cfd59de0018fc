from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TranslationsConfig(AppConfig):
    name = "translations"
    verbose_name = _("Translation desk")

    def ready(self) -> None:
        # The worker needs their jobs and duties.
        from translations import (  # noqa: PLC0415 -- app ready
            bundles,  # noqa: F401
            components,
            duties,  # noqa: F401
            memory,  # noqa: F401
            signals,
            submission,  # noqa: F401
            wishes,
        )
        from translations.upstream import admin_pages, aliases  # noqa: PLC0415 -- needs models, which are loaded only now

        signals.connect()
        aliases.withdraw_locale_synchronisation()
        wishes.register()
        admin_pages.add_column(components.TranslationsColumn("translations", label=_("Translations")), before="status")
        admin_pages.add_side_panel(components.TranslationsSidePanel)
