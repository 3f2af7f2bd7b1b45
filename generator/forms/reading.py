"""Reading form definitions: YAML, years put in, checked against the grammar."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from generator.errors import DefinitionError
from generator.forms.definition import Form

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLACEHOLDER = re.compile(r"\$([a-z]+[0-9]?)")


def read_form(path: Path) -> Form:
    """Read the definition at `path`.

    Raises DefinitionError naming the file and the place when it is no YAML or does not follow the grammar.
    """
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise DefinitionError(f"表式定义 {path.name} 读不出来：{error}", "请检查该文件的 YAML 写法。") from error
    return form_from(data, path.name)


def form_from(data: Any, name: str) -> Form:
    """Return the form that `data` (a definition as YAML gives it) describes, its years put into all texts.

    Raises DefinitionError where the grammar is not followed; `name` is what the message calls the definition.
    """
    if not isinstance(data, dict) or not isinstance(data.get("years"), dict):
        raise DefinitionError(
            f"表式定义 {name} 缺少 years。", "years 写明数据年度、基准年和目标年，见 docs/definition.md。"
        )
    try:
        return Form.model_validate(_with_years(data, _year_names(data["years"])))
    except ValidationError as error:
        places = "；".join(
            f"{' › '.join(str(step) for step in problem['loc'])}：{problem['msg']}" for problem in error.errors()[:5]
        )
        raise DefinitionError(f"表式定义 {name} 不合文法：{places}", "文法见 docs/definition.md。") from error


def _year_names(years: Mapping[str, Any]) -> Mapping[str, str]:
    """The placeholders of a definition: `$base`, `$first`, `$data1`…, `$target`, `$target1`…, `$milestone1`…."""
    data = [str(year) for year in years.get("data", ())]
    targets = [str(year) for year in years.get("target", ())]
    names = {"base": str(years.get("base", ""))}
    for name, values in (
        ("data", data),
        ("target", targets),
        ("milestone", [str(y) for y in years.get("milestones", ())]),
    ):
        names |= {f"{name}{number}": value for number, value in enumerate(values, start=1)}
    if data:
        names["first"] = data[0]
    if targets:
        names["target"] = targets[-1]
    return names


def _with_years(node: Any, names: Mapping[str, str]) -> Any:
    if isinstance(node, str):
        return _PLACEHOLDER.sub(lambda match: names.get(match[1], match[0]), node)
    if isinstance(node, dict):
        return {key: value if key == "years" else _with_years(value, names) for key, value in node.items()}
    if isinstance(node, list):
        return [_with_years(item, names) for item in node]
    return node
