"""What grading reads back from files that a person or a fault may have changed: typed, or refused."""

import dataclasses
import json
import types
import typing

LARGEST = 2**63


def read_stored(kind, text):
    """Reads JSON as a value of a type.

    Args:
        kind: a dataclass, `bool`, `int`, `float`, `str`, or a tuple, list, dict or union with None of these.
        text: JSON text.

    Returns:
        a value of that type.

    Raises:
        ValueError: when the text is no JSON, or a field is missing, unknown or of another type.

    Example:
        >>> read_stored(dict[str, tuple[int, ...]], '{"a": [1, 2]}')
        {'a': (1, 2)}
        >>> read_stored(dict[str, int], '{"a": "1"}')
        Traceback (most recent call last):
        ...
        ValueError: .a: expected int. Received: '1'.
    """
    try:
        return as_type(kind, json.loads(text))
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def as_type(kind, value, place=""):
    """Builds a value of a type from plain data, as `read_stored` does; `place` is where it stands."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        (other,) = set(inner) - {types.NoneType}
        return None if value is None else as_type(other, value, place)
    if dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        _expect(isinstance(value, dict), "a table", value, place)
        needed = {field.name for field in dataclasses.fields(kind) if _has_no_default(field)}
        for name in sorted((value.keys() - hints.keys()) | (needed - value.keys())):
            raise ValueError(f"{place}.{name}: {'no such field' if name in value else 'missing'}.")
        return kind(**{name: as_type(hints[name], item, f"{place}.{name}") for name, item in value.items()})
    if origin in (tuple, list):
        _expect(isinstance(value, list), "a list", value, place)
        return origin(as_type(inner[0], item, f"{place}[{index}]") for index, item in enumerate(value))
    if origin is dict:
        _expect(isinstance(value, dict), "a table", value, place)
        return {key: as_type(inner[1], item, f"{place}.{key}") for key, item in value.items()}
    fits = type(value) in (int, float) if kind is float else type(value) is kind
    if fits and type(value) in (int, float):
        fits = abs(value) < LARGEST  # which no NaN is
    _expect(fits, kind.__name__, value, place)
    return value


def _has_no_default(field):
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def _expect(fits, wanted, value, place):
    if not fits:
        raise ValueError(f"{place or 'the whole'}: expected {wanted}. Received: {value!r:.60}.")
