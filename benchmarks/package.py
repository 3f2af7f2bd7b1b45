"""The real run: a whole package with much evidence, five copies and discs, beside merging the same evidence with pypdf."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from benchmarks.comparison import Task, Unit
from benchmarks.evidence import Mix, write_cluster_with_evidence
from benchmarks.measuring import COMMAND, Amounts, FailedError, Spent, named, python_environment, run
from benchmarks.workplace import Workplace
from generator.package.manifest import MANIFEST, SUBMITTED, ListedFile, read_manifest

NOTICE = "shanghai-2024"
"""The notice that the package is for: five copies, two discs."""

_EVIDENCE = "evidence.pdf"
_COPIES = re.compile(r"copies-\d+\.pdf")
_TELEPHONE = re.compile(r"(?<=^  联系方式: 021-)(\d+)$", re.MULTILINE)
_MERGED = "pypdf 合并佐证"


def tasks(mix: Mix) -> tuple[Task, ...]:
    """Return what is compared in a run with the evidence of `mix`."""
    package, seconds, bytes_ = f"整套材料（{mix.pages} 页佐证）", Unit.SECONDS, Unit.MEGABYTES
    return (
        Task(f"{package}：全程", "package", _MERGED, "merging", False, unit=seconds),
        Task(f"{package}：佐证不变，再做一稿", "package again", _MERGED, "merging", False, unit=seconds),
        Task(f"{package}：内存峰值", "package peak", _MERGED, "merging peak", False, unit=bytes_),
        Task(f"{package}：写出的字节", "package bytes", _MERGED, "merged bytes", False, unit=bytes_),
        Task("其中佐证材料册的字节", "volume bytes", "各佐证文件之和", "evidence bytes", False, unit=bytes_),
        Task("其中五份合印的字节", "copies bytes", "一份的各个 PDF 之和", "copy bytes", False, unit=bytes_),
    )


@dataclass(frozen=True)
class PackageRun:
    """A package to be built from `example` with the evidence of `mix`, in the folder of a workplace."""

    example: Path
    folder: Path
    mix: Mix

    def furnish(self) -> None:
        """Make the evidence. Takes its time; nothing of it is measured."""
        write_cluster_with_evidence(self.example, self._place.evidenced, self.mix)

    def steps(self) -> Sequence[Callable[[], Amounts]]:
        """Return what is done in turns."""
        return (self._build, self._merge)

    @property
    def _place(self) -> Workplace:
        return Workplace(self.folder)

    def _build(self) -> Amounts:
        """Build the package, and once more with another telephone number."""
        output = self.folder / "package"
        first = self._built(output)
        sizes = _sizes(output)
        source = self._place.evidenced / "cluster.yaml"
        text = source.read_text(encoding="utf-8")
        source.write_text(_TELEPHONE.sub("55559999", text, count=1), encoding="utf-8")
        again = self._built(output)
        source.write_text(text, encoding="utf-8")
        if len(list(output.rglob(MANIFEST))) != 2:
            raise FailedError("the second build wrote no 稿")
        shutil.rmtree(output)
        return named({"package": first.seconds, "package peak": first.peak, "package again": again.seconds, **sizes})

    def _built(self, output: Path) -> Spent:
        asked = ("--notice", NOTICE, "--print-copies", "-o", str(output))
        return self._python("-c", COMMAND, "build", str(self._place.evidenced), *asked)

    def _merge(self) -> Amounts:
        spent = self._python("-m", "benchmarks.once", "merge", str(self.folder))
        merged = self._place.merged.stat().st_size
        evidence = sum(file.stat().st_size for file in self._place.evidence)
        return named(
            {
                "merging": spent.seconds,
                "merging peak": spent.peak,
                "merged bytes": merged,
                "evidence bytes": evidence,
            }
        )

    def _python(self, *arguments: str) -> Spent:
        return run([sys.executable, *arguments], self.folder, python_environment(self.folder))


def _sizes(output: Path) -> dict[str, float]:
    """The bytes of the only 稿 below `output`, and of what of it is compared."""
    (manifest,) = output.rglob(MANIFEST)
    files = read_manifest(manifest.parent).files
    return {
        "package bytes": sum(path.stat().st_size for path in manifest.parent.rglob("*") if path.is_file()),
        "volume bytes": sum(file.size for file in files if file.role == _EVIDENCE),
        "copies bytes": sum(file.size for file in files if _COPIES.fullmatch(file.role)),
        "copy bytes": sum(file.size for file in files if _is_paper(file)),
    }


def _is_paper(file: ListedFile) -> bool:
    """Whether a file is printed once in each copy: the PDFs that lie beside the folders of prints and media."""
    path = PurePosixPath(file.path)
    return path.suffix == ".pdf" and str(path.parent) == SUBMITTED
