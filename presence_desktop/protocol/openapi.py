"""The types of the wire as pydantic ones, for REST: FastAPI reads bodies and writes OpenAPI by them.

Decides nothing about a field: each is as its struct has it. Only the server loads this.
"""

import types
import typing
from functools import reduce
from operator import or_
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

import msgspec
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, create_model
from pydantic.alias_generators import to_camel

_Struct = TypeVar("_Struct", bound=msgspec.Struct)
_BOUNDS = ("ge", "le", "min_length", "max_length")


class _Body(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, extra="ignore", frozen=True)


def schema(kind: type[_Struct], handler: Any) -> Any:
    """What pydantic asks a type for: a model with its fields that becomes it when it is read.

    `handler` is pydantic's `GetCoreSchemaHandler`, what is given back its `CoreSchema`.
    """
    hints = typing.get_type_hints(kind, include_extras=True)
    fields: dict[str, Any] = {
        field.name: (_described(hints[field.name]), _default(field)) for field in msgspec.structs.fields(kind)
    }
    model = create_model(kind.__name__, __base__=_Body, __doc__=kind.__doc__, **fields)

    def become(read: BaseModel) -> _Struct:
        return kind(**{name: getattr(read, name) for name in read.model_fields_set})

    return handler(Annotated[model, AfterValidator(become)])


def _default(field: msgspec.structs.FieldInfo) -> Any:
    if field.required:
        return ...
    if field.default is msgspec.UNSET:
        return None
    if field.default_factory is not msgspec.NODEFAULT:
        return field.default_factory()
    return field.default


def _described(kind: Any) -> Any:
    """The type as pydantic knows it: bounds are `Field`s, integers are never read from anything else."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return Annotated[(_described(inner[0]), *(_field(meta, inner[0]) for meta in inner[1:]))]
    if origin in (Union, types.UnionType):
        return reduce(or_, (_described(one) for one in inner if one is not msgspec.UnsetType))
    if origin is Literal or not inner:
        return kind
    return origin[tuple(_described(one) for one in inner)]


def _field(meta: msgspec.Meta, kind: Any) -> Any:
    told = {name: getattr(meta, name) for name in _BOUNDS if getattr(meta, name) is not None}
    further = dict(meta.extra_json_schema or {})
    if "pattern" in further:
        told["pattern"] = further.pop("pattern")
    elif meta.pattern is not None:
        told["pattern"] = meta.pattern
    return Field(**told, strict=True if kind is int else None, json_schema_extra=further or None)
