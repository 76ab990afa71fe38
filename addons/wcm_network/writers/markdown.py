"""HTML of a text field as Markdown (CommonMark, with tables as GitHub writes them). Knows no Odoo."""

import re

from lxml import html

HEADINGS = {f"h{level}": "#" * level for level in range(1, 7)}
MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*"}
BLOCKS = {"p", "div", "section", "article", "ul", "ol", "blockquote", "pre", "hr", "table", *HEADINGS}
LEFT_OUT = {"script", "style", "img", "svg"}
# What Markdown would take for a mark of its own.
SPECIAL = re.compile(r"([\\`*_\[\]<>|])")
AT_START = re.compile(r"^(\s*)([#+-]|\d+(?=[.)]))", re.MULTILINE)


def escape(text):
    """The text as it stands, whatever Markdown would read into it.

    >>> escape("2 * 3 [sheets]")
    '2 \\\\* 3 \\\\[sheets\\\\]'
    """
    marked = SPECIAL.sub(r"\\\1", text)
    return AT_START.sub(lambda found: f"{found[1]}\\{found[2]}" if not found[2].isdigit() else f"{found[1]}{found[2]}\\", marked)


def slug(text, longest=60):
    """Words for an address or a file name: small letters, digits and hyphens.

    >>> slug("Cutting 18 mm ply: what we learnt!")
    'cutting-18-mm-ply-what-we-learnt'
    """
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:longest].strip("-") or "untitled"


def from_html(content):
    """Markdown that ends with one line break; empty for nothing."""
    if not (content or "").strip():
        return ""
    text = _blocks(html.fragment_fromstring(str(content), create_parent="div"))
    return f"{text}\n" if text else ""


def _blocks(element):
    """Paragraphs, a blank line between two."""
    parts, line = [], [_text(element.text)]
    for child in element:
        if child.tag in BLOCKS:
            parts += ["".join(line), _block(child)]
            line = [_text(child.tail)]
        else:
            line += [_inline(child), _text(child.tail)]
    parts.append("".join(line))
    return "\n\n".join(part.strip("\n") for part in parts if part.strip())


def _block(element):
    if element.tag in HEADINGS:
        return f"{HEADINGS[element.tag]} {_line(element)}"
    if element.tag in ("ul", "ol"):
        return _list(element)
    if element.tag == "blockquote":
        return _indented(_blocks(element), "> ", "> ")
    if element.tag == "pre":
        return f"```\n{element.text_content().strip()}\n```"
    if element.tag == "hr":
        return "---"
    return _table(element) if element.tag == "table" else _blocks(element)


def _list(element):
    items = [item for item in element if item.tag == "li"]
    starts = [f"{number}. " if element.tag == "ol" else "- " for number in range(1, len(items) + 1)]
    return "\n".join(_indented(_blocks(item), start, " " * len(start)) for start, item in zip(starts, items, strict=True))


def _table(element):
    rows = [[_line(cell) for cell in row if cell.tag in ("td", "th")] for row in element.iter("tr")]
    return table(rows[0], rows[1:], ready=True) if rows else ""


def table(headers, rows, ready=False):
    """:param ready: the cells are Markdown already"""
    said = (lambda cell: cell) if ready else (lambda cell: escape(str(cell)))
    lines = [headers, ["---"] * len(headers), *rows]
    return "\n".join(f"| {' | '.join(cell if cell == '---' else said(cell) for cell in row)} |" for row in lines)


def _line(element):
    return " ".join(_content(element).split())


def _content(element):
    return _text(element.text) + "".join(_inline(child) + _text(child.tail) for child in element)


def _inline(element):
    if element.tag in LEFT_OUT or not isinstance(element.tag, str):
        return ""
    if element.tag == "br":
        return "\\\n"
    if element.tag == "code":
        return f"`{element.text_content()}`"
    content, link = _content(element), element.get("href") or ""
    if element.tag == "a" and link.startswith(("http://", "https://")):
        return f"[{content}]({link.replace(' ', '%20').replace(')', '%29')})"
    mark = MARKS.get(element.tag)
    return f"{mark}{content.strip()}{mark}" if mark and content.strip() else content


def _text(text):
    return escape(re.sub(r"\s+", " ", text)) if text else ""


def _indented(text, first, rest):
    lines = text.splitlines() or [""]
    return "\n".join(f"{first if number == 0 else rest}{line}".rstrip() for number, line in enumerate(lines))
