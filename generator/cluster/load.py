"""Read a cluster folder: the value it becomes, and everything found on the way."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from pathlib import Path

from generator.cluster.assembly import assemble
from generator.cluster.catalogue import Catalogue
from generator.cluster.codes import Code, Collector
from generator.cluster.model import Cluster
from generator.cluster.nodes import Node, SyntaxProblem, compose
from generator.cluster.reading import Branch, Reading
from generator.cluster.registers.ahead import ReadingAhead
from generator.cluster.registers.load import read_registers
from generator.cluster.shape import cluster_shape
from generator.cluster.source import Source, read_source, source_of
from generator.findings import Findings, Position
from generator.frozen import replace

FILE_NAME = "cluster.yaml"


def load_cluster(
    path: Path,
    catalogue: Catalogue,
    *,
    forms: Collection[str],
    native: bool = True,
    ahead: ReadingAhead | None = None,
    content: bytes | None = None,
    meanwhile: Callable[[Cluster], object] | None = None,
) -> tuple[Cluster | None, Findings]:
    """Read the cluster at `path`: its folder, or the YAML file in it.

    `catalogue` says what may be given, `forms` are the ids that may stand under 申报. All that is wrong with the data,
    and with the registers in files beside it, comes back at once, as findings in the order of the files; a value that
    can't be read is left out. There is no cluster only where the file can't be read at all: missing, no text, no YAML, or
    two of it in one. File names in positions are relative to the folder. `native` asks for libyaml where it is installed, `ahead` is the
    workbook where it is being read already. `content` is read in place of the YAML file's own bytes: what the cluster would
    say if they stood there. `meanwhile` is what can be done with the cluster before its registers are asked for, while they are
    being read.
    """
    findings = Collector()
    file = data_file(path)
    if content is not None:
        source = source_of(content, file.name, findings)
    else:
        source = read_source(file, file.name, findings, where_missing=lambda: _where_else(file.parent))
    if source is None:
        return None, findings.findings()
    try:
        root = compose(source, findings, native=native)
    except SyntaxProblem as problem:
        from generator.cluster.scan import scan

        shape = cluster_shape(catalogue, forms)
        scan(source, problem, shape, findings)
        return None, findings.findings()
    if any(finding.code == Code.SECOND_DOCUMENT.code for finding in findings.findings()):
        return None, findings.findings()  # half of the file is unread: what it lacks can't be told
    cluster = _cluster(root, source, file.parent, catalogue, forms, findings)
    if meanwhile is not None:
        meanwhile(cluster)
    found = read_registers(file.parent, catalogue, cluster.registers, findings, ahead)
    unread = frozenset(findings.refused - {()})
    cluster = replace(cluster, registers=found.registers, register_files=found.files, unread=unread)
    return cluster, findings.findings()


def _where_else(folder: Path) -> str:
    """What to do where `folder` holds no cluster.yaml: the file of nearly that name, or the folder below it that holds one."""
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        entries = []
    alike = [path.name for path in entries if re.search(r"\.ya?ml", path.name, re.IGNORECASE) and path.is_file()]
    if alike:
        return f"文件夹里有 {alike[0]}：是集群数据的，请改名为 {FILE_NAME}（Windows 要先显示扩展名），或直接写这个文件"
    below = [path for path in entries if (path / FILE_NAME).is_file()]
    if below:
        return f"集群文件夹是不是 {below[0]}？"
    return f"请写放着 {FILE_NAME} 的集群文件夹；还没有的，用 shenbao new 新建"


def data_file(path: Path) -> Path:
    """Return the YAML file of the cluster at `path`: its folder, or that file itself."""
    return path / FILE_NAME if path.is_dir() else path


def _cluster(
    root: Node | None, source: Source, folder: Path, catalogue: Catalogue, forms: Collection[str], findings: Collector
) -> Cluster:
    shape = cluster_shape(catalogue, forms)
    reading, tree = Reading(source, folder, shape, findings), None
    if root is None:
        message = f"{source.file} 里没有内容"
        findings.add(
            Code.EMPTY_FILE, message, Position(source.file), remedy="请用 shenbao new 生成一份带说明的数据文件"
        )
    else:
        tree = reading.read(root, shape)
    if not isinstance(tree, Branch):
        tree = Branch({}, Position(source.file))
    return assemble(tree, folder, source.file, catalogue, reading.written, findings, reading.misnamed)
