"""JSON and YAML documents, with errors that say where."""

import json

import yaml

from .row import ReadError


class _PlainLoader(yaml.SafeLoader):
    """No anchors: a few lines of them can unfold into gigabytes."""

    def compose_node(self, parent, index):
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark
            raise ReadError(f"Line {mark.line + 1}: anchors in YAML are not read.")
        return super().compose_node(parent, index)


def decode(content: bytes) -> str:
    """Text in UTF-8, in UTF-16 with its mark, or else as Windows writes it in the West."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def load(content: bytes) -> object:
    """The document in a JSON or YAML file.

    :raise ReadError: it is neither; names line and column
    """
    text = decode(content)
    start = text.lstrip()[:1]
    if start == "<":
        raise ReadError("This is a web page or XML, not JSON or YAML.")
    try:
        return _load_json(text) if start in ("{", "[") else _load_yaml(text)
    except RecursionError:
        raise ReadError("The file is nested too deeply to be a list of spaces.") from None


def _load_json(text: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise ReadError(f"This is not valid JSON: {error.msg}, line {error.lineno}, column {error.colno}.") from None
    except ValueError as error:  # an integer of thousands of digits
        raise ReadError(f"This is not valid JSON: {error}.") from None


def _load_yaml(text: str) -> object:
    try:
        return yaml.load(text, Loader=_PlainLoader)
    except ReadError:
        raise
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = f", line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise ReadError(f"This is not valid JSON or YAML: {error.problem}{where}.") from None
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        raise ReadError(f"This is not valid JSON or YAML: {error}") from None
