"""JSON Schema as docs/formats/schemas/ uses it (2020-12, a part): problems(schema, value) lists what does not hold, each
with its place. A word of the standard that this does not know is an error, so that no demand passes unread."""

import re

TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None), "integer": int}
ANNOTATIONS = {"$schema", "title", "description"}


def is_of(value, name):
    return isinstance(value, TYPES[name]) and (name == "boolean" or not isinstance(value, bool))


def problems(schema, value, place="$"):
    found = []
    for word, demand in schema.items():
        if word not in ANNOTATIONS:
            found += [f"{place}: {what}" for what in CHECKS[word](demand, value)] if word in CHECKS else []
            found += WITHIN[word](demand, value, place, schema) if word in WITHIN else []
            if word not in CHECKS and word not in WITHIN:
                raise NotImplementedError(f"{place}: the word {word}")
    return found


def type_problems(demand, value):
    names = demand if isinstance(demand, list) else [demand]
    return [] if any(is_of(value, name) for name in names) else [f"{value!r} is not {' or '.join(names)}"]


def enum_problems(demand, value):
    return [] if any(value == one and type(value) is type(one) for one in demand) else [f"{value!r} is none of {demand}"]


def pattern_problems(demand, value):
    if not isinstance(value, str):
        return []
    # The standard's `$` is the end; Python's also stands before a last line break.
    return [] if re.search(re.sub(r"\$$", r"\\Z", demand), value) else [f"{value!r} is not of the form {demand}"]


def required_problems(demand, value):
    return [f"{name} is missing" for name in demand if isinstance(value, dict) and name not in value]


def dependent_problems(demand, value):
    return [f"{name} is missing beside {one}" for one, names in demand.items() if isinstance(value, dict) and one in value
            for name in names if name not in value]


def bound(of_type, holds, what):
    return lambda demand, value: [] if not is_of(value, of_type) or holds(value, demand) else [f"{what} {demand}"]


CHECKS = {
    "type": type_problems,
    "enum": enum_problems,
    "pattern": pattern_problems,
    "required": required_problems,
    "dependentRequired": dependent_problems,
    "minimum": bound("integer", lambda value, least: value >= least, "less than"),
    "minLength": bound("string", lambda value, least: len(value) >= least, "shorter than"),
    "maxLength": bound("string", lambda value, most: len(value) <= most, "longer than"),
    "minItems": bound("array", lambda value, least: len(value) >= least, "fewer items than"),
    "maxItems": bound("array", lambda value, most: len(value) <= most, "more items than"),
}


def within_properties(demand, value, place, _):
    members = value.items() if isinstance(value, dict) else []
    return [p for name, member in members if name in demand for p in problems(demand[name], member, f"{place}.{name}")]


def within_others(demand, value, place, schema):
    members = value.items() if isinstance(value, dict) else []
    others = [(name, member) for name, member in members if name not in schema.get("properties", {})]
    if demand is False:
        return [f"{place}: {name} is not a member that it has" for name, _ in others]
    return [p for name, member in others for p in problems(demand, member, f"{place}.{name}")]


def within_items(demand, value, place, _):
    items = value if isinstance(value, list) else []
    return [p for i, item in enumerate(items) for p in problems(demand, item, f"{place}[{i}]")]


WITHIN = {"properties": within_properties, "additionalProperties": within_others, "items": within_items}
