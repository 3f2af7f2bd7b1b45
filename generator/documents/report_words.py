"""What a self-check report says and which figures it draws: data (`checks/report.yaml`)."""

from __future__ import annotations

from generator.documents.charts import Shape
from generator.errors import MissingError
from generator.forms.definition import Source
from generator.forms.definition_node import Construct
from generator.forms.library import Library
from generator.forms.model_files import known_model
from generator.frozen import dataclass


@dataclass(frozen=True, kw_only=True)
class Verdicts(Construct):
    """The verdict in words: nothing to do, something to look at, something to mend, nothing readable. `{数}` is how many."""

    ready: str
    look: str
    blocked: str
    unreadable: str


@dataclass(frozen=True, kw_only=True)
class Results(Construct):
    """What is said of a criterion: of a figure against its line, and of a condition."""

    met: str
    missed: str
    unknown: str
    edge: str
    holds: str
    fails: str
    unsaid: str


@dataclass(frozen=True, kw_only=True)
class TrendChart(Construct):
    """A figure that is drawn over the data years: the field (or one by the declared 口径), and how."""

    field: Source
    shape: Shape


@dataclass(frozen=True, kw_only=True)
class ReportWords(Construct):
    """The words of a report and its charts, in the order of the page; `whole` heads what is found of no place in particular."""

    whole: str
    verdicts: Verdicts
    results: Results
    trends: tuple[TrendChart, ...] = ()


def read_report_words(library: Library) -> ReportWords:
    """Return the words of reports in `library`. Raises MissingError where there are none, DefinitionError where they are wrong."""
    path = library.file("checks", "report")
    if path is None:
        raise MissingError("找不到自查报告的用语 checks/report.yaml。", "请重新安装；自制的表式文件夹里不用放它。")
    return known_model(path, ReportWords)
