"""XLIFF: which version a file is, and reading XML that a stranger may have made."""

import io
import re
from xml.parsers import expat

from django.utils.translation import gettext as _
from lxml import etree

from translations.exchange import xliff1, xliff2
from translations.exchange.units import ExchangeError, ReadPart


class _DoctypeError(Exception):
    """The document declares a document type, which is how entities come in."""


def read(name: str, data: bytes) -> list[ReadPart]:
    """Return the pages of an XLIFF file, 1.2 or 2.x. Raises ExchangeError for what is none."""
    root = parse(data)
    namespace, tag = _split(str(root.tag))
    if tag == "xliff" and namespace in (xliff1.NAMESPACE, ""):
        return xliff1.read(name, root)
    if tag == "xliff" and re.fullmatch(xliff2.NAMESPACES, namespace):
        return xliff2.read(name, root)
    raise ExchangeError(_("This is not an XLIFF file of version 1.2 or 2."))


def parse(data: bytes) -> etree._Element:
    """Return the root of an XML document without ever resolving an entity: one that declares a type is refused."""
    _refuse_doctype(data)
    # No size is unlimited (huge_tree), so that deep nesting is an error and not a full memory.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.parse(io.BytesIO(data), parser).getroot()
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ExchangeError(_broken(error)) from error


def _refuse_doctype(data: bytes) -> None:
    """Read the document with the parser that tells of its type before anything in it is used."""

    def stop(*args: object) -> None:
        raise _DoctypeError

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = stop
    parser.EntityDeclHandler = stop
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    try:
        parser.Parse(data, True)
    except _DoctypeError as error:
        raise ExchangeError(_("The file declares a document type (DOCTYPE). Such files are not read.")) from error
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise ExchangeError(_broken(error)) from error


def _broken(error: Exception) -> str:
    line = getattr(error, "lineno", None)
    if line:
        return _("This is not valid XML: something is wrong in line %(line)s.") % {"line": line}
    return _("This is not valid XML.")


def _split(tag: str) -> tuple[str, str]:
    """Return namespace and name of lxml's ``{namespace}name``."""
    namespace, _brace, name = tag.rpartition("}")
    return namespace.lstrip("{"), name
