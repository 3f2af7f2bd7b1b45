"""Reading the package's other YAML files (standards, words, lists) as the values that they say."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from generator import compiled
from generator.errors import DefinitionError
from generator.forms.library import compiled_path

if TYPE_CHECKING:
    from generator.forms.grammar import Grammar

_Model = TypeVar("_Model", bound="Grammar")
_PAGE = "docs/standards.md"


def known_model(path: Path, model: type[_Model], page: str = _PAGE) -> _Model:
    """Return the file at `path` as a `model`: as it was compiled, or read again where it is another by now. See `read_model`."""
    found = compiled.read(compiled_path(path), [path])
    return found if isinstance(found, model) else read_model(path, model, page)


def read_model(path: Path, model: type[_Model], page: str = _PAGE) -> _Model:
    """Return the file at `path` as a `model`; `page` is the documentation that tells its grammar.

    Raises DefinitionError where it does not follow the grammar or can't be read.
    """
    import yaml

    from generator.forms.grammar import ValidationError, checked
    from generator.forms.problems import problems_in_words

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        data: Any = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
        return checked(model, data)
    except ValidationError as error:
        told = "\n".join(words for _, words in problems_in_words(error, data))
        raise DefinitionError(f"{path.name} 不合文法：\n{told}", f"写法见 {page}。") from error
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise DefinitionError(f"{path.name} 读不出来：{error}", "请检查该文件，须存为 UTF-8。") from error
