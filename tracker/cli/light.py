"""Reading plain parameters without pydantic, whose import alone takes longer than a list of records."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import typer
from typer._coercion import RuntimeParam


class PlainParam(RuntimeParam):
    """A text, a list of texts, a whole number within its bounds, or a flag."""

    def _coerce_value(self, value: Any, param: Any, ctx: Any) -> Any:
        if self.annotation in (str, bool):
            return value
        if self.annotation is int:
            return self._number(value, param, ctx)
        return [str(item) for item in value]

    def _number(self, value: Any, param: Any, ctx: Any) -> int:
        try:
            number = int(value)
        except ValueError:
            raise typer.BadParameter(f"“{value}” is no whole number", ctx=ctx, param=param) from None
        least = self.parameter_info.min
        if least is not None and number < least:
            raise typer.BadParameter(f"{number} is less than {least}", ctx=ctx, param=param)
        return number


def lighten(parameters: Iterable[Any]) -> None:
    """Let parameters of plain types be read by `PlainParam`; any other is read as Typer does."""
    for parameter in parameters:
        described = parameter.type_descriptor
        if described.annotation in (str, int, bool, list[str]) and described.parameter_info.parser is None:
            parameter._runtime_param = PlainParam(described.parameter_info, described.annotation)
