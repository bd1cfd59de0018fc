"""The report of an import as a spreadsheet."""

import csv
import io
from typing import Any

from django.utils.translation import gettext as _

from cms.spreadsheets import BYTE_ORDER_MARK, as_cell


def report_csv(report: list[dict[str, Any]]) -> bytes:
    """Return what became of each text as CSV, with the mark by which spreadsheet programs know UTF-8."""
    output = io.StringIO()
    output.write(BYTE_ORDER_MARK)
    writer = csv.writer(output)
    head = [_("File"), _("Page"), _("Language"), _("Place"), _("Result"), _("Reason"), _("Original"), _("Text")]
    writer.writerow(head)
    for file in report:
        if file["problem"]:
            writer.writerow(_cells(file["name"], file["title"], file["language"], "", "", file["problem"], "", ""))
        for row in file["rows"]:
            facts = (row["place"], row["label"], row["message"], row["source"], row["text"])
            writer.writerow(_cells(file["name"], file["title"], file["language"], *facts))
    return output.getvalue().encode()


def _cells(*texts: str) -> list[str]:
    return list(map(as_cell, texts))
