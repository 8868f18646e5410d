"""Discord's OpenAPI description as a judge of requests and of our own answers.

The description is read from wherever the caller has it; it is no part of the package. Its schemas
are rewritten once so that `jsonschema` says exactly what is wrong: a union is descended by its
`type` (its own verdict, "not valid under any of the given schemas", helps nobody), keys that no
schema names fail, and snowflakes may be integers, which the API takes as well.
"""

import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, cast

from bot.playground.problems import Problem

Schema = dict[str, Any]
Judge = Callable[[object], list[Problem]]

_LONGEST = 300  # characters of a verdict
_REF = "#/components/schemas/"
# Keys that the API takes although its description lacks them: `nsfw` is documented; an edit
# ignores the `tts` that discord.py sends with every message.
_NSFW: Schema = {"nsfw": {"type": ["boolean", "null"]}}
_TTS: Schema = {"tts": {"type": ["boolean", "null"]}}
_TAKEN: dict[str, Schema] = {
    "ApplicationCommandCreateRequest": _NSFW,
    "ApplicationCommandUpdateRequest": _NSFW,
    "ApplicationCommandPatchRequestPartial": _NSFW,
    "MessageEditRequestPartial": _TTS,
    "IncomingWebhookUpdateRequestPartial": _TTS,
    "IncomingWebhookUpdateForInteractionCallbackRequestPartial": _TTS,
}
_MEDIA_CHANNEL = 16  # documented, too
_UNIONS = frozenset({"oneOf", "anyOf"})
_METHODS = frozenset({"get", "put", "post", "patch", "delete"})
_CODES = {
    "required": "BASE_TYPE_REQUIRED",
    "maxLength": "BASE_TYPE_MAX_LENGTH",
    "minLength": "BASE_TYPE_MIN_LENGTH",
    "maxItems": "BASE_TYPE_BAD_LENGTH",
    "minItems": "BASE_TYPE_BAD_LENGTH",
    "enum": "BASE_TYPE_CHOICES",
    "const": "BASE_TYPE_CHOICES",
    "maximum": "NUMBER_TYPE_MAX",
    "minimum": "NUMBER_TYPE_MIN",
    "additionalProperties": "UNKNOWN_KEY",
    "unevaluatedProperties": "UNKNOWN_KEY",
}


@cache
def description(path: Path) -> "Description":
    """Return the description in a file, read once in a process.

    Raises:
        OSError, ImportError, ValueError: see `Description`.
    """
    return Description(path)


class Description:
    """The description's operations, each with one validator, made when first needed.

    Raises:
        OSError: the file cannot be read.
        ImportError: the `jsonschema` package is not installed.
        ValueError: it is not JSON.
        KeyError: it is not an OpenAPI description.
    """

    def __init__(self, path: Path) -> None:
        from jsonschema import Draft202012Validator  # noqa: PLC0415 (a tool for tests)

        self._validator = Draft202012Validator
        self._source: Schema = json.loads(path.read_text("utf-8"))
        schemas: Schema = self._source["components"]["schemas"]
        for name, keys in _TAKEN.items():
            schemas.get(name, {}).setdefault("properties", {}).update(keys)
        schemas.get("ChannelTypes", {}).setdefault("oneOf", []).append({"const": _MEDIA_CHANNEL})
        self._strict = {
            name: _rewritten(schema, schemas, strict=True) for name, schema in schemas.items()
        }
        self._loose = {
            name: _rewritten(schema, schemas, strict=False) for name, schema in schemas.items()
        }
        self._judge = cache(self._make_judge)

    def knows(self, method: str, route: str) -> bool:
        """Return whether Discord has that operation; `route` names its ids as the file does."""
        return (
            method.lower() in self._source["paths"].get(route, {}) and method.lower() in _METHODS
        )

    def body_problems(self, method: str, route: str, body: object) -> list[Problem]:
        """Return what is wrong with a request's JSON, or with its `payload_json` part."""
        operation = self._source["paths"][route][method.lower()]
        if "requestBody" not in operation:
            return [] if body is None else [Problem((), "UNKNOWN_KEY", "No body is expected.")]
        return self._judge(method.lower(), route, None)(body)

    def query_problems(self, method: str, route: str, query: Mapping[str, str]) -> list[Problem]:
        """Return the query parameters that the operation does not have."""
        known = {
            each["name"]
            for each in self._source["paths"][route][method.lower()].get("parameters", [])
            if each.get("in") == "query"
        }
        return [
            Problem((key,), "UNKNOWN_KEY", "No such query parameter.")
            for key in query
            if key not in known
        ]

    def answer_problems(self, method: str, route: str, status: int, body: object) -> list[Problem]:
        """Return what is wrong with an answer of ours, as far as the description says."""
        return self._judge(method.lower(), route, status)(body)

    def _make_judge(self, method: str, route: str, status: int | None) -> Judge:
        schema, strict = self._schema(method, route, status), status is None
        if schema is None:
            return lambda _body: []
        root = {
            **_rewritten(schema, self._source["components"]["schemas"], strict=strict),
            "components": {"schemas": self._strict if strict else self._loose},
        }
        validator = self._validator(root)
        return lambda body: [
            problem for error in validator.iter_errors(body) for problem in _problems(error)
        ]

    def _schema(self, method: str, route: str, status: int | None) -> Schema | None:
        operation = self._source["paths"][route][method]
        if status is None:
            content = operation["requestBody"]["content"]
        else:
            content = operation["responses"].get(str(status), {}).get("content", {})
        return cast("Schema | None", content.get("application/json", {}).get("schema"))


def _problems(error: Any) -> list[Problem]:  # noqa: ANN401 (jsonschema's error, untyped inside)
    """Return the problems of one error; a union without a `type` by its nearest branch."""
    if error.validator in {"anyOf", "oneOf"} and error.context:
        branches: dict[object, list[Any]] = {}
        for each in error.context:
            branches.setdefault(each.schema_path[0], []).append(each)
        nearest = min(branches.values(), key=len)
        return [problem for each in nearest for problem in _problems(each)]
    place = tuple(error.absolute_path)
    return [Problem(place, _CODES.get(error.validator, "BASE_TYPE_INVALID"), _words(error))]


def _words(error: Any) -> str:  # noqa: ANN401 (see above)
    """Return the message, in Discord's words where the library's would quote the whole value."""
    limit = error.validator_value
    match error.validator:
        case "maxLength":
            return f"Must be {limit} or fewer in length."
        case "maxItems":
            return f"Must be {limit} or fewer in length, not {len(error.instance)}."
        case _:
            message = str(error.message)
            return message if len(message) <= _LONGEST else f"{message[:_LONGEST]} ..."


def _rewritten(schema: Schema, schemas: Schema, *, strict: bool) -> Schema:
    """Return a schema with snowflakes as both, unions by type and, if strict, no unknown keys."""
    if schema.get("format") == "snowflake" and schema.get("type") == "string":
        return {"type": ["string", "integer"], "pattern": schema.get("pattern", "")}
    if schema.get("type") in ("integer", ["integer", "null"]) and _is_permissions(schema):
        return {**schema, "type": [*_listed(schema["type"]), "string"]}
    done = {
        key: _rewritten_part(key, value, schemas, strict=strict)
        for key, value in schema.items()
        if key not in _UNIONS
    }
    for key in _UNIONS & set(schema):
        branches = [_rewritten(each, schemas, strict=strict) for each in schema[key]]
        done |= _union(branches, schemas)
    if strict and "properties" in done and "additionalProperties" not in done:
        done["unevaluatedProperties" if "allOf" in done else "additionalProperties"] = False
    return done


def _rewritten_part(key: str, value: Any, schemas: Schema, *, strict: bool) -> object:  # noqa: ANN401 (JSON)
    if key in {"properties", "$defs"}:
        return {name: _rewritten(each, schemas, strict=strict) for name, each in value.items()}
    if key in {"items", "additionalProperties"} and isinstance(value, dict):
        return _rewritten(value, schemas, strict=strict)
    if key == "allOf":
        return [_rewritten(each, schemas, strict=False) for each in value]
    return value


def _listed(kind: object) -> list[object]:
    return kind if isinstance(kind, list) else [kind]


def _is_permissions(schema: Schema) -> bool:
    """Return whether an integer is a set of permissions, which the docs have as a string."""
    return schema.get("maximum") == 18014398509481983  # noqa: PLR2004 (2^54 - 1)


def _union(branches: list[Schema], schemas: Schema) -> Schema:
    if all("const" in branch for branch in branches):
        return {"enum": [branch["const"] for branch in branches]}
    rest = [branch for branch in branches if branch.get("type") != "null"]
    nullable = len(rest) < len(branches)
    kinds = [_kinds(branch, schemas) for branch in rest]
    if len(rest) == 1:
        chosen = rest[0]
    elif rest and all(kinds):
        chosen = _by_type(rest, [kind for kind in kinds if kind])
    else:
        chosen = {"anyOf": rest}
    return {"if": {"not": {"type": "null"}}, "then": chosen} if nullable else {"allOf": [chosen]}


def _kinds(branch: Schema, schemas: Schema) -> list[object] | None:
    """Return the values of `type` that lead to a branch, None when they do not decide."""
    if "$ref" in branch:
        branch = schemas[branch["$ref"].removeprefix(_REF)]
    kinds = branch.get("properties", {}).get("type", {}).get("enum")
    return kinds if isinstance(kinds, list) else None


def _by_type(branches: list[Schema], kinds: list[list[object]]) -> Schema:
    """Return a schema that judges an object by the branch of its `type` alone."""
    known = {"enum": [value for each in kinds for value in each]}
    return {
        "type": "object",
        "required": ["type"],
        "properties": {"type": known},
        "allOf": [
            {
                "if": {"properties": {"type": {"enum": each}}, "required": ["type"]},
                "then": branch,
            }
            for branch, each in zip(branches, kinds, strict=True)
        ],
    }
