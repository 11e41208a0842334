"""From the text of a filter to its nodes, and from a parser's complaint to a sentence that says where and what."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Final, cast

from lark import Lark, Token, Transformer, UnexpectedInput, UnexpectedToken

from tracker.errors import FilterError
from tracker.store.query.nodes import Group, Node, Value, leaves, negated, spread

LONGEST: Final = 10_000
DEEPEST: Final = 50
MOST_TERMS: Final = 200

_UNFIT = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x9f\ud800-\udfff]")
_PARENTHESES = re.compile(r'"(?:[^"]|"")*"|“[^”]*”|[()]')
_DANGLING = re.compile(r"(?<![^\s()\"”])(OR|AND|NOT|[^\W\d]\w*(?:[<>!]=|[:<>=]))\s*\Z")


class _Build(Transformer[Token, Node]):
    """Makes nodes while the text is read, so that no deep tree is ever walked."""

    def literal(self, found: list[Token]) -> Node:
        token = found[0]
        text = str(token)
        prefix = text.endswith("*")
        text = text[:-1] if prefix else text
        phrase = token.type == "PHRASE"
        if phrase:
            text = text[1:-1].replace('""', '"') if text[0] == '"' else text[1:-1]
        start = token.start_pos or 0
        return Value(text, start, start + len(token), phrase, prefix)

    def bare(self, found: list[Node]) -> Node:
        return found[0]

    inner = bare

    def negate(self, found: list[Node]) -> Node:
        return negated(found[0])

    def all_of(self, found: list[Node]) -> Node:
        return found[0] if len(found) == 1 else Group("and", tuple(found))

    def any_of(self, found: list[Node]) -> Node:
        return found[0] if len(found) == 1 else Group("or", tuple(found))

    def test(self, found: list[Token | Node]) -> Node:
        token, values = cast("tuple[Token, Node]", tuple(found))
        name = re.split(r"\W", token, maxsplit=1)[0]
        start = token.start_pos or 0
        return spread(name, token[len(name) :], start, start + len(token), values)


@cache
def _parser() -> Lark:
    text = files("tracker.store.query").joinpath("filter.lark").read_text("utf-8")
    return Lark(text, parser="lalr", lexer="contextual", transformer=_Build(), maybe_placeholders=False)


def refused(sentence: str, start: int, end: int) -> FilterError:
    """The error for what stands at `start` to `end`; people count positions from 1."""
    return FilterError(f"position {start + 1}: {sentence}", start, end)


def read(text: str) -> Node:
    """The nodes of a filter that is not empty.

    Raises FilterError for what is no filter, is longer than 10,000 characters, nests deeper than 50 or has more than
    200 terms.
    """
    if len(text) > LONGEST:
        raise refused(f"the filter has more than {LONGEST:,} characters; shorten it", LONGEST, len(text))
    if unfit := _UNFIT.search(text):
        sentence = f"the character U+{ord(unfit[0]):04X} cannot be part of a filter; leave it out"
        raise refused(sentence, unfit.start(), unfit.end())
    opened = _open_parentheses(text)
    try:
        # The parser hands back what the builder made, which lark's types do not know.
        node: Node = _parser().parse(text)  # type: ignore[assignment]
    except UnexpectedInput as error:
        raise _explained(error, text, opened) from None
    terms = list(leaves(node))
    if len(terms) > MOST_TERMS:
        sentence = f"the filter has more than {MOST_TERMS} terms; leave some out"
        raise refused(sentence, terms[MOST_TERMS].start, len(text))
    return node


def _open_parentheses(text: str) -> list[int]:
    """Where parentheses open that nothing closes."""
    opened: list[int] = []
    for match in _PARENTHESES.finditer(text):
        if match[0] == "(":
            opened.append(match.start())
            if len(opened) > DEEPEST:
                sentence = f"parentheses are nested deeper than {DEEPEST}; take some out"
                raise refused(sentence, match.start(), match.end())
        elif match[0] == ")" and opened:
            opened.pop()
    return opened


def _explained(error: UnexpectedInput, text: str, opened: list[int]) -> FilterError:
    if not isinstance(error, UnexpectedToken):
        sentence = 'the quotation mark opened here is never closed; add a "'
        return refused(sentence, error.pos_in_stream or 0, len(text))
    token = error.token
    at = len(text) if token.type == "$END" else token.start_pos or 0
    if dangling := _DANGLING.search(text[:at]):
        what = "a word, a field or a parenthesis" if dangling[1] in ("OR", "AND", "NOT") else "a value"
        return refused(f"expected {what} after “{dangling[1]}”", dangling.start(1), dangling.end(1))
    if token.type == "$END" and opened:
        return refused("the parenthesis opened here is never closed; add a )", opened[-1], opened[-1] + 1)
    if token.type == "RPAR":
        inside = text[:at].rstrip().endswith("(")
        sentence = "expected something between the parentheses" if inside else "this parenthesis closes nothing"
        return refused(sentence, at, at + 1)
    sentence = f'expected a word, a field or a parenthesis before “{token}”; to search for the word, write "{token}"'
    return refused(sentence, at, at + len(token))
