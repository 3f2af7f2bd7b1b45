"""Reading what rules judge by: standards, what is plausible, and the words that prose has for figures. All of it is data."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

from generator import compiled
from generator.checks.plausibility import Plausibility
from generator.checks.standard_definition import Standard
from generator.checks.vocabulary import Vocabulary
from generator.errors import DefinitionError
from generator.forms.definition import Form
from generator.forms.definition_node import Construct
from generator.forms.library import Library, compiled_path
from generator.frozen import dataclass, field

_Model = TypeVar("_Model", bound=Construct)


@dataclass(frozen=True)
class References:
    """What rules judge by. The empty references find nothing."""

    standard: Standard | None = None
    plausibility: Plausibility = field(default_factory=Plausibility)
    vocabulary: Vocabulary = field(default_factory=Vocabulary)


def read_references(library: Library, form: Form) -> References:
    """Return what the forms of `library` are judged by, and the standard that `form` names.

    Raises DefinitionError for a file that is wrong, or a standard that is nowhere.
    """
    standard = None
    if form.standard:
        path = library.file("standards", form.standard)
        if path is None:
            message = f"表式 {form.id} 所说的标准“{form.standard}”找不到。"
            raise DefinitionError(
                message, f"请在 standards 文件夹里放 {form.standard}.yaml，写法见 docs/standards.md。"
            )
        standard = _known(path, Standard)
    plausibility = library.file("checks", "plausibility")
    vocabulary = library.file("checks", "words")
    return References(
        standard,
        _known(plausibility, Plausibility) if plausibility else Plausibility(),
        _known(vocabulary, Vocabulary) if vocabulary else Vocabulary(),
    )


def _known(path: Path, model: type[_Model]) -> _Model:
    """Return the file at `path` as a `model`: as it was compiled, or read again where it is another by now."""
    found = compiled.read(compiled_path(path), [path])
    return found if isinstance(found, model) else read_model(path, model)


def read_model(path: Path, model: type[_Model]) -> _Model:
    """Return the file at `path` as a `model`. Raises DefinitionError where it does not follow the grammar."""
    import yaml

    from generator.forms.grammar import ValidationError, checked
    from generator.forms.problems import problems_in_words

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        data: Any = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
        return checked(model, data)
    except ValidationError as error:
        told = "\n".join(words for _, words in problems_in_words(error, data))
        raise DefinitionError(f"{path.name} 不合文法：\n{told}", "写法见 docs/standards.md。") from error
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise DefinitionError(f"{path.name} 读不出来：{error}", "请检查该文件，须存为 UTF-8。") from error
