"""What a self-check report says and which figures it draws: data (`checks/report.yaml`)."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from generator.checks.reading import read_model
from generator.documents.charts import Shape
from generator.errors import MissingError
from generator.forms.definition import Source
from generator.forms.library import Library


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Verdicts(_Part):
    """The verdict in words: nothing to do, something to look at, something to mend, nothing readable. `{数}` is how many."""

    ready: str
    look: str
    blocked: str
    unreadable: str


class Results(_Part):
    """What is said of a criterion: of a figure against its line, and of a condition."""

    met: str
    missed: str
    unknown: str
    edge: str
    holds: str
    fails: str
    unsaid: str


class TrendChart(_Part):
    """A figure that is drawn over the data years: the field (or one by the declared 口径), and how."""

    field: Source
    shape: Shape


class ReportWords(_Part):
    """The words of a report and its charts, in the order of the page."""

    verdicts: Verdicts
    results: Results
    trends: tuple[TrendChart, ...] = ()


def read_report_words(library: Library) -> ReportWords:
    """Return the words of reports in `library`. Raises MissingError where there are none, DefinitionError where they are wrong."""
    path = library.file("checks", "report")
    if path is None:
        raise MissingError("找不到自查报告的用语 checks/report.yaml。", "请重新安装；自制的表式文件夹里不用放它。")
    return read_model(path, ReportWords)
