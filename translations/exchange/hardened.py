"""Reading XML that a stranger may have made."""

import io
from xml.parsers import expat

from django.utils.translation import gettext as _
from lxml import etree

from translations.exchange.units import ExchangeError


class _RefusedError(Exception):
    """The document does what is not accepted; the message says what, in the user's language."""


def parse(data: bytes, *, doctype: bool = False) -> etree._Element:
    """Return the root of an XML document without ever resolving an entity or fetching anything.

    A document that declares a type is refused; with ``doctype`` it may name one, as older formats do, but not define
    anything in it. Raises ExchangeError.
    """
    _refuse(data, doctype)
    # No size is unlimited (huge_tree), so that deep nesting is an error and not a full memory.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.parse(io.BytesIO(data), parser).getroot()
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ExchangeError(_broken(getattr(error, "lineno", None))) from error


def _refuse(data: bytes, doctype: bool) -> None:
    """Read the document with the parser that tells of its type before anything in it is used."""

    def declared(name: str, system: str | None, public: str | None, defines: bool) -> None:
        if not doctype:
            raise _RefusedError(_("The file declares a document type (DOCTYPE). Such files are not read."))
        if defines:
            raise _RefusedError(_("The file defines entities, which are not accepted."))

    def unknown(*args: object) -> None:
        raise _RefusedError(_broken(parser.CurrentLineNumber))

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = declared
    # Where a type is named, its file might define the entity; nobody fetches it.
    parser.SkippedEntityHandler = unknown
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    try:
        parser.Parse(data, True)
    except _RefusedError as error:
        raise ExchangeError(str(error)) from error
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise ExchangeError(_broken(getattr(error, "lineno", None))) from error


def _broken(line: int | None) -> str:
    if line:
        return _("This is not valid XML: something is wrong in line %(line)s.") % {"line": line}
    return _("This is not valid XML.")
