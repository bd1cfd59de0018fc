"""XLIFF: which version a file is."""

import re

from django.utils.translation import gettext as _

from translations.exchange import xliff1, xliff2
from translations.exchange.hardened import parse
from translations.exchange.units import ExchangeError, ReadPart


def read(name: str, data: bytes) -> list[ReadPart]:
    """Return the pages of an XLIFF file, 1.2 or 2.x. Raises ExchangeError for what is none."""
    root = parse(data)
    namespace, tag = _split(str(root.tag))
    if tag == "xliff" and namespace in (xliff1.NAMESPACE, ""):
        return xliff1.read(name, root)
    if tag == "xliff" and re.fullmatch(xliff2.NAMESPACES, namespace):
        return xliff2.read(name, root)
    raise ExchangeError(_("This is not an XLIFF file of version 1.2 or 2."))


def _split(tag: str) -> tuple[str, str]:
    """Return namespace and name of lxml's ``{namespace}name``."""
    namespace, _brace, name = tag.rpartition("}")
    return namespace.lstrip("{"), name
