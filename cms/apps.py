from django.apps import AppConfig
from django.core.signals import request_finished
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = _("Site foundation")

    def ready(self) -> None:
        from cms.rich_text import forget_links  # noqa: PLC0415 -- app ready

        request_finished.connect(forget_links)
