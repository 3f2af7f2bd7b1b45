"""Frozen values, defined as with the standard library's `dataclass`, and ready at a small part of its price.

The standard library compiles six functions for every class, which for all classes that a check needs takes longer than the
check. Here all classes share their methods. What is rarely asked for (`dataclasses.fields` and all that rests on it) the
standard library makes after all, when it is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
    from dataclasses import field as field
    from dataclasses import replace as replace

else:
    from collections.abc import Callable, Mapping
    from dataclasses import MISSING, Field, FrozenInstanceError, field

    _FIELDS, _PARAMETERS = "__dataclass_fields__", "__dataclass_params__"

    def dataclass(*, frozen: bool, order: bool = False, kw_only: bool = False) -> Callable[[type], type]:
        """Make the class that follows a frozen dataclass: `@dataclass(frozen=True)`, with `order=True` a sortable one, with
        `kw_only=True` one whose fields are given by name.

        Fields, defaults, `field(default_factory=…)`, `__post_init__`, inheritance, equality, hash, repr, matching, pickling and
        copying are those of the standard library's frozen dataclasses.
        """
        if not frozen:
            raise TypeError("only frozen values are made here")
        return lambda cls: _made(cls, order, kw_only)

    def replace(value: Any, /, **changes: Any) -> Any:
        """Return `value` with other contents in the fields that `changes` names. Raises TypeError for a field that it lacks."""
        if _SHAPE not in type(value).__dict__:
            import dataclasses

            return dataclasses.replace(value, **changes)
        state = value.__dict__
        return type(value)(**{**{name: state[name] for name in type(value)._shape.names}, **changes})

    _SHAPE = "_shape"

    class _Shape:
        """The fields of one class: their names in order, and what they hold where nothing is given."""

        __slots__ = ("defaults", "factories", "hidden", "named", "names", "post")

        def __init__(self, cls: type, named: bool) -> None:
            inherited = next((base._shape for base in cls.__mro__[1:] if hasattr(base, _SHAPE)), None)
            self.defaults: dict[str, Any] = dict(inherited.defaults) if inherited else {}
            self.factories: dict[str, Callable[[], Any]] = dict(inherited.factories) if inherited else {}
            self.hidden: frozenset[str] = inherited.hidden if inherited else frozenset()
            self.named = named
            names = dict.fromkeys(inherited.names) if inherited else {}
            for name, annotation in cls.__dict__.get("__annotations__", {}).items():  # noqa: RUF063 inspect is slow to import
                if "ClassVar" not in str(annotation):
                    names[name] = None
                    self._take(cls, name)
            self.names: tuple[str, ...] = tuple(names)
            self.post: bool = hasattr(cls, "__post_init__")

        def _take(self, cls: type, name: str) -> None:
            default = cls.__dict__.get(name, MISSING)
            if isinstance(default, Field):
                if not (default.init and default.compare) or default.hash is not None or default.kw_only is True:
                    raise TypeError(
                        f"{cls.__name__}.{name}: only default, default_factory and repr are understood here"
                    )
                if not default.repr:
                    self.hidden |= {name}
                delattr(cls, name)
                if default.default_factory is not MISSING:
                    self.factories[name] = default.default_factory
                default = default.default
                if default is not MISSING:
                    setattr(cls, name, default)
            if default is not MISSING:
                if type(default).__hash__ is None:
                    raise ValueError(f"{cls.__name__}.{name}: a default that can be changed; use default_factory")
                self.defaults[name] = default
            elif name not in self.factories and (self.defaults or self.factories) and not self.named:
                raise TypeError(f"non-default argument {name!r} follows default argument")

    def _made(cls: type, order: bool, named: bool) -> type:
        cls._shape = shape = _Shape(cls, named)
        own = cls.__dict__
        for name, method in _METHODS.items():
            if name not in own or (name == "__hash__" and own[name] is None):
                setattr(cls, name, method)
        if "__init__" not in own:
            cls.__init__ = _init(cls, shape)
        for name, method in (_ORDER if order else {}).items():
            setattr(cls, name, method)
        cls.__match_args__ = () if named else shape.names
        setattr(cls, _FIELDS, _Late(_FIELDS, order))
        setattr(cls, _PARAMETERS, _Late(_PARAMETERS, order))
        return cls

    _OFTEN = 50
    """From so many values on it pays to compile a method of their own for their class."""

    def _init(cls: type, shape: _Shape) -> Callable[..., None]:
        names, known, post = shape.names, frozenset(shape.names), shape.post
        most, positional = len(names), 0 if shape.named else len(names)
        defaults, factories = shape.defaults, shape.factories
        made = 0

        def __init__(self: Any, /, *given: Any, **named: Any) -> None:  # noqa: N807
            nonlocal made
            made += 1
            if made == _OFTEN and names:
                cls.__init__ = _compiled_init(cls, shape)
            if named and not (known.issuperset(named) and named.keys().isdisjoint(names[: len(given)])):
                raise _misused(self, dict.fromkeys(names[: len(given)]), named)
            state = self.__dict__
            state.update(defaults)
            state.update(zip(names, given))  # noqa: B905 the first fields only
            state.update(named)
            for name in factories:
                if name not in state:
                    state[name] = factories[name]()
            if len(state) != most or len(given) > positional:
                raise _misused(self, dict.fromkeys(names[: len(given)]), named)
            if post:
                self.__post_init__()

        return __init__

    def _compiled_init(cls: type, shape: _Shape) -> Callable[..., None]:
        """What `_init` gives, with the fields written out, as the standard library has it for every class."""
        known = {f"_default_{name}": MISSING for name in shape.factories}
        known |= {f"_default_{name}": default for name, default in shape.defaults.items()}
        known |= {f"_make_{name}": make for name, make in shape.factories.items()}
        parameters = [f"{name}=_default_{name}" if f"_default_{name}" in known else name for name in shape.names]
        lines = [f"def __init__(_self, /, {'*, ' if shape.named else ''}{', '.join(parameters)}):"]
        lines += [" _state = _self.__dict__"]
        lines += [f" if {name} is _missing: {name} = _make_{name}()" for name in shape.factories]
        lines += [f" _state[{name!r}] = {name}" for name in shape.names]
        lines += [" _self.__post_init__()"] if shape.post else []
        namespace: dict[str, Any] = {"_missing": MISSING, **known}
        exec("\n".join(lines), namespace)
        made: Callable[..., None] = namespace["__init__"]
        made.__qualname__ = f"{cls.__qualname__}.__init__"
        return made

    def _misused(self: Any, state: Mapping[str, Any], named: Mapping[str, Any]) -> TypeError:
        """What is wrong with the arguments of a call, as Python says it of any other function."""
        call, shape = f"{type(self).__qualname__}.__init__()", type(self)._shape
        for name in named:
            if name not in shape.names:
                return TypeError(f"{call} got an unexpected keyword argument {name!r}")
            if name in state:
                return TypeError(f"{call} got multiple values for argument {name!r}")
        lacking = [
            name
            for name in shape.names
            if name not in state and name not in shape.defaults and name not in shape.factories
        ]
        if lacking:
            return TypeError(f"{call} missing required arguments: {', '.join(map(repr, lacking))}")
        return TypeError(f"{call} takes at most {0 if shape.named else len(shape.names)} arguments without a name")

    def _contents(self: Any) -> tuple[Any, ...]:
        state = self.__dict__
        return tuple([state[name] for name in type(self)._shape.names])

    def _repr(self: Any) -> str:
        shape, state = type(self)._shape, self.__dict__
        shown = (f"{name}={state[name]!r}" for name in shape.names if name not in shape.hidden)
        return f"{type(self).__qualname__}({', '.join(shown)})"

    def _equal(self: Any, other: object) -> Any:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return self is other or _contents(self) == _contents(other)

    def _hash(self: Any) -> int:
        return hash(_contents(self))

    def _set(self: Any, name: str, value: object) -> None:
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def _delete(self: Any, name: str) -> None:
        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def _less(self: Any, other: object) -> Any:
        return _contents(self) < _contents(other) if other.__class__ is self.__class__ else NotImplemented

    def _less_or_equal(self: Any, other: object) -> Any:
        return _contents(self) <= _contents(other) if other.__class__ is self.__class__ else NotImplemented

    def _greater(self: Any, other: object) -> Any:
        return _contents(self) > _contents(other) if other.__class__ is self.__class__ else NotImplemented

    def _greater_or_equal(self: Any, other: object) -> Any:
        return _contents(self) >= _contents(other) if other.__class__ is self.__class__ else NotImplemented

    _METHODS = {
        "__repr__": _repr, "__eq__": _equal, "__hash__": _hash, "__setattr__": _set, "__delattr__": _delete,
    }  # fmt: skip
    _ORDER = {"__lt__": _less, "__le__": _less_or_equal, "__gt__": _greater, "__ge__": _greater_or_equal}

    class _Late:
        """What the standard library keeps of a dataclass, made by it of a twin of the class when first asked for."""

        def __init__(self, name: str, order: bool) -> None:
            self._name, self._order = name, order

        def __get__(self, value: object, cls: type) -> Any:
            import dataclasses

            owner = next(each for each in cls.__mro__ if self._name in each.__dict__)
            shape = owner._shape
            notes: dict[str, Any] = {}
            for each in reversed(owner.__mro__):
                notes |= each.__dict__.get("__annotations__", {})  # noqa: RUF063
            body: dict[str, Any] = {"__annotations__": {name: notes[name] for name in shape.names}}
            body |= shape.defaults
            body |= {name: field(default_factory=made) for name, made in shape.factories.items()}
            twin = dataclasses.dataclass(frozen=True, order=self._order, kw_only=shape.named)(
                type(owner.__name__, (), body)
            )
            for name in (_FIELDS, _PARAMETERS):
                setattr(owner, name, twin.__dict__[name])
            return owner.__dict__[self._name]


def is_frozen(kind: type) -> bool:
    """Whether `kind` is a class of frozen values, as they are made here."""
    return hasattr(kind, "_shape")


def names_of(kind: Any) -> tuple[str, ...]:
    """Return the names of the fields of a class of frozen values, in order."""
    names: tuple[str, ...] = kind._shape.names
    return names
