"""The pages of a volume that aren't evidence: contents, dividers, and those in the place of files that can't be bound."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Any

from generator.documents.printing import Printed, print_document
from generator.errors import OutputError
from generator.forms.library import Library
from generator.frozen import dataclass
from generator.measure.fonts import FontLibrary
from generator.package.evidence.volumes import Content, Volume, VolumePart
from generator.package.page_labels import span, spans

_CONTENTS, _DIVIDERS, _REPLACEMENTS = "evidence-contents", "evidence-dividers", "evidence-replacement"
DOCUMENTS = (_CONTENTS, _DIVIDERS, _REPLACEMENTS)
"""The designed documents that these pages are made of."""
_DIVIDER_MARK, _REPLACEMENT_MARK = "隔页_", "代页_"
_LONGEST_NAME, _LONGEST_PROOF, _LONGEST_FILES = 66, 140, 100  # characters on a divider, which is one page
_LONGEST_CELL = 400


@dataclass(frozen=True)
class FrontPrinter:
    """Prints the designed pages of volumes: definitions from `library`, for the cluster `subject`, marked 草稿 or not."""

    library: Library
    fonts: FontLibrary
    subject: str
    mark: str = ""

    def contents(self, volume: Volume, volumes: Sequence[Volume]) -> Printed:
        """Return the contents of `volume`; where there are several, with what stands in each."""
        several = len(volumes) > 1
        context = {
            "集群": self.subject,
            "册次": f"第{volume.number}册　共{len(volumes)}册" if several else "",
            "行们": _rows(volume),
            "各册": [_volume_row(each) for each in volumes] if several else [],
        }
        return self._print(_CONTENTS, context)

    def dividers(self, parts: Sequence[VolumePart]) -> Printed:
        """Return the dividers of `parts`, a page each."""
        context = {
            "材料们": [
                {
                    "序号": str(part.item.number),
                    "名称": _cut(part.item.name, _LONGEST_NAME),
                    "证明": _cut("；".join(part.item.proves), _LONGEST_PROOF) or "（没有写明）",
                    "文件": _cut("、".join(_shown(file) for file in part.item.files), _LONGEST_FILES) or "（没有）",
                    "页码": f"第{part.first}页起",
                    "续": "接上册。" if part.continued else "",
                }
                for part in parts
            ]
        }
        return self._one_page_each(_DIVIDERS, context, _DIVIDER_MARK, len(parts))

    def replacements(self, volume: Volume) -> Printed:
        """Return the pages in the place of files that can't be bound, a page each."""
        missing = [
            (leaf.item, leaf.source)
            for leaf in volume.leaves
            if leaf.content is Content.REPLACEMENT and leaf.item is not None and leaf.source is not None
        ]
        context = {
            "文件们": [
                {
                    "序号": str(item.number),
                    "材料": _cut(item.name, _LONGEST_NAME),
                    "名称": _cut(source.file, _LONGEST_NAME),
                    "原因": _cut(source.refused, _LONGEST_NAME),
                }
                for item, source in missing
            ]
        }
        return self._one_page_each(_REPLACEMENTS, context, _REPLACEMENT_MARK, len(missing))

    def _one_page_each(self, identifier: str, context: dict[str, Any], mark: str, count: int) -> Printed:
        printed = self._print(identifier, context)
        begun = [anchor.page for anchor in printed.pages.anchors if anchor.name.startswith(mark)]
        if begun != list(range(count)) or len(printed.pages.pages) != count:
            raise OutputError(
                "内部错误：佐证材料的隔页超过了一页。", "请把材料的名称、证明写短一些，并把这句话报告给开发者。"
            )
        return printed

    def _print(self, identifier: str, context: dict[str, Any]) -> Printed:
        definition = self.library.document(identifier)
        return print_document(definition, context, self.fonts, mark=self.mark, subject=self.subject)


def _rows(volume: Volume) -> list[dict[str, str]]:
    """The lines of the contents: items by number, those that were withdrawn since among them."""
    rows = {part.item.number: _row(part) for part in volume.parts}
    rows |= {
        item.number: {
            "序号": str(item.number),
            "名称": _cut(item.name, _LONGEST_CELL),
            "证明": "已撤回",
            "页码": f"原第{spans(item.gone)}页",
        }
        for item in volume.withdrawn
    }
    return [rows[number] for number in sorted(rows)]


def _row(part: VolumePart) -> dict[str, str]:
    return {
        "序号": str(part.item.number),
        "名称": _cut(part.item.name, _LONGEST_CELL) + ("（续）" if part.continued else ""),
        "证明": _cut("；".join(part.item.proves), _LONGEST_CELL),
        "页码": span(part.first, part.last) + (f"\n已撤{spans(part.gone)}页" if part.gone else ""),
    }


def _volume_row(volume: Volume) -> dict[str, str]:
    numbers = sorted({*(part.item.number for part in volume.parts), *(item.number for item in volume.withdrawn)})
    listed = "至".join(dict.fromkeys(str(number) for number in (*numbers[:1], *numbers[-1:])))
    pages = span(volume.leaves[0].label, volume.leaves[-1].label)
    return {"名称": f"第{volume.number}册", "材料": listed or "—", "页码": pages}


def _shown(file: str) -> str:
    return PurePosixPath(file).name


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
