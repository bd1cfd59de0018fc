from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TranslationsConfig(AppConfig):
    name = "translations"
    verbose_name = _("Translation desk")

    def ready(self) -> None:
        # The worker needs their jobs and duties.
        from translations import bundles, signals, submission  # noqa: F401, PLC0415 -- app ready
        from translations.upstream import aliases  # noqa: PLC0415 -- needs models, which are loaded only now

        signals.connect()
        aliases.withdraw_locale_synchronisation()
