"""Texts on their way into a CSV file that a spreadsheet program opens, and back."""

# Without it Excel reads the characters of Asia as those of western Europe. As text, and as UTF-8.
BYTE_ORDER_MARK = "\ufeff"
BYTE_ORDER_MARK_UTF8 = BYTE_ORDER_MARK.encode()

# What a program calculates if a cell begins with it, full-width signs too, after spaces that it does not count.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def as_cell(text: str) -> str:
    """Return a text that no program takes for a formula: with an apostrophe, which programs do not show.

    See OWASP, “CSV Injection”.

    >>> as_cell("=1+1"), as_cell("1+1")
    ("'=1+1", '1+1')
    """
    return f"'{text}" if _is_formula(text) else text


def from_cell(cell: str) -> str:
    """Return the text that ``as_cell`` made this of."""
    return cell[1:] if cell.startswith("'") and _is_formula(cell[1:]) else cell


def _is_formula(text: str) -> bool:
    return text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA)
