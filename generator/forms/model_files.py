"""Reading the package's other YAML files (standards, words, lists) as the models that they follow."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from generator.errors import DefinitionError
from generator.forms.problems import problems_in_words

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Model = TypeVar("_Model", bound=BaseModel)


def read_model(path: Path, model: type[_Model], page: str = "docs/standards.md") -> _Model:
    """Return the file at `path` as a `model`; `page` is the documentation that tells its grammar.

    Raises DefinitionError where it does not follow the grammar or can't be read.
    """
    try:
        data: Any = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)
        return model.model_validate(data)
    except ValidationError as error:
        told = "\n".join(words for _, words in problems_in_words(error, data))
        raise DefinitionError(f"{path.name} 不合文法：\n{told}", f"写法见 {page}。") from error
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise DefinitionError(f"{path.name} 读不出来：{error}", "请检查该文件，须存为 UTF-8。") from error
