import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail_localize.models import StringTranslation, Translation

from translations.exchange import importing
from translations.exchange.archive import WRITERS
from translations.exchange.collect import collect
from translations.exchange.plan import Options
from translations.exchange.selection import by_uuid


@pytest.fixture
def user(django_user_model, db):
    """May edit everything."""
    return django_user_model.objects.create_superuser("mina", password="x")


@pytest.fixture
def translation(page, korean):
    return Translation.objects.get(source__object_id=page.translation_key, target_locale__language_code="ko")


@pytest.fixture
def chosen(translation):
    return by_uuid([str(translation.uuid)])[str(translation.uuid)]


@pytest.fixture
def exported(chosen):
    """Return the file of the translation, in a format, with some of its texts replaced."""

    def exported(file_format="xliff1", replace=(), **kwargs):
        content = WRITERS[file_format][0](collect(chosen, **kwargs)).decode()
        for old, new in replace:
            assert old in content, old
            content = content.replace(old, new)
        return content.encode()

    return exported


@pytest.fixture
def bring(user):
    """Bring a file as it is and return what is to become of its texts: (place, outcome)."""

    def bring(content, name="water.xlf", **kwargs):
        record = importing.begin(SimpleUploadedFile(name, content), kwargs.pop("user", user), **kwargs)
        return record, importing.plan_of(record)

    return bring


@pytest.fixture
def carry_out():
    def carry_out(record, **options):
        plan = importing.plan_of(record)
        return importing.carry_out(record, Options(**options), plan.digest)

    return carry_out


def texts_of(translation):
    """The translated texts by their source."""
    return {
        row.translation_of.data: row.data
        for row in StringTranslation.objects.filter(
            context__object_id=translation.source.object_id, locale=translation.target_locale
        ).select_related("translation_of")
    }


def outcomes(plan, file=0):
    """What becomes of each text, by its original."""
    return {row.source: row.outcome.value for row in plan.files[file].rows}
