"""Reading what rules judge by: standards, what is plausible, and the words that prose has for figures. All of it is data."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

import yaml

from generator.checks.plausibility import Plausibility
from generator.checks.standard_definition import Standard
from generator.checks.vocabulary import Vocabulary
from generator.errors import DefinitionError
from generator.forms.definition import Form
from generator.forms.definition_node import Construct
from generator.forms.grammar import ValidationError, checked
from generator.forms.library import Library
from generator.forms.problems import problems_in_words
from generator.frozen import dataclass, field

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
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
        standard = read_model(path, Standard)
    plausibility = library.file("checks", "plausibility")
    vocabulary = library.file("checks", "words")
    return References(
        standard,
        read_model(plausibility, Plausibility) if plausibility else Plausibility(),
        read_model(vocabulary, Vocabulary) if vocabulary else Vocabulary(),
    )


def read_model(path: Path, model: type[_Model]) -> _Model:
    """Return the file at `path` as a `model`. Raises DefinitionError where it does not follow the grammar."""
    try:
        data: Any = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)
        return checked(model, data)
    except ValidationError as error:
        told = "\n".join(words for _, words in problems_in_words(error, data))
        raise DefinitionError(f"{path.name} 不合文法：\n{told}", "写法见 docs/standards.md。") from error
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise DefinitionError(f"{path.name} 读不出来：{error}", "请检查该文件，须存为 UTF-8。") from error
