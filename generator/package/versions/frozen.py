"""Frozen versions (定稿): the 稿 that are printed, kept whole with the data they were made of, listed, verified, restored.

```
<series>/定稿/第01版/
  成果/        the 稿 as it stood, its manifest with it
  数据/        cluster.yaml and the registers, where they were still the ones that the 稿 was made of
  版本.json    which 稿, when, what was said of it
```
A trial build is no version: only what was frozen counts.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from generator.errors import MissingError, OutputError, UnreadableError, UsageError, reason_of
from generator.frozen import dataclass, field
from generator.package import disk
from generator.package.drafts import name_aside
from generator.package.manifest import MANIFEST, SNAPSHOT, encode_json, read_manifest, sha256
from generator.package.opening.inspection import is_whole

FROZEN = "定稿"
"""The folder of a series that holds its versions."""
RESULT = "成果"
"""The folder of a version that holds the 稿."""
DATA = "数据"
"""The folder of a version that holds what the 稿 was made of."""
_TOLD = "版本.json"
_VERSION = re.compile(r"第([0-9]{2,})版")
_LAST = 9_999


def version_name(number: int) -> str:
    """Return what version `number` is called wherever it is told of: 第01版, as its folder is."""
    return f"第{number:02d}版"


@dataclass(frozen=True)
class Version:
    """One version: its number from 1, the 稿 that it was, the SHA-256 of that one's manifest, the day, what was said of it.

    `data` are the SHA-256 of the files of the data that were kept with it, by name.
    """

    number: int
    draft: str
    digest: str
    frozen: date
    note: str = ""
    data: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """第01版."""
        return version_name(self.number)


def freeze(
    series: Path, draft: Path, on: date, *, note: str = "", data: Mapping[str, bytes] | None = None
) -> tuple[Version, bool]:
    """Keep `draft`, a 稿 of the folder `series`, as its next version; return it, and whether it is new.

    `data` are the files (content by name relative to the cluster's folder) that it was made of. A 稿 that is the last version
    already is not kept twice. Written aside and put in place with one rename; the caller holds the writer's lock of `series`.

    Raises UsageError for a 稿 marked 草稿, UnreadableError for one that is not whole, OSError or OutputError when the disk refuses.
    """
    if not is_whole(draft):
        raise UnreadableError(
            f"{draft.name} 不完整，或里面的文件被改动过，不能定稿。", "请用 shenbao build 重新生成一稿。"
        )
    if read_manifest(draft).facts.draft:
        raise UsageError(f"{draft.name} 是草稿，不能定稿。", "请改正“必须改”的问题，不加 --draft 重新生成一稿。")
    digest = sha256((draft / MANIFEST).read_bytes())
    folder = series / FROZEN
    folder.mkdir(parents=True, exist_ok=True)
    standing = versions(series)
    if standing and standing[-1].digest == digest:
        return standing[-1], False
    aside = name_aside(folder)
    try:
        version = _written_aside(aside, standing, draft, digest, on, note, data or {})
        if not disk.rename_folder(aside, folder / version.name):
            raise OutputError(f"已有同名的文件夹：{folder / version.name}", "请把它移走，再运行一次。")
    except BaseException:
        disk.remove(aside)
        raise
    return version, True


def _written_aside(
    aside: Path,
    standing: tuple[Version, ...],
    draft: Path,
    digest: str,
    on: date,
    note: str,
    data: Mapping[str, bytes],
) -> Version:
    number = standing[-1].number + 1 if standing else 1
    if number > _LAST:
        raise OutputError("版的编号用完了。")
    kept = {name: sha256(content) for name, content in sorted(data.items())}
    version = Version(number, draft.name, digest, on, note, kept)
    aside.mkdir()
    for file in (*read_manifest(draft).everything, None):
        path = MANIFEST if file is None else file.path
        disk.write_file(aside / RESULT / path, (draft / path).read_bytes())
    for name, content in data.items():
        disk.write_file(aside / DATA / name, content)
    disk.write_file(aside / _TOLD, _encoded(version))
    if not is_whole(aside / RESULT):
        raise OutputError(f"定稿没有写对：{version.name}。", "请再运行一次；仍然如此，请检查磁盘。")
    disk.sync_tree(aside)
    return version


def versions(series: Path) -> tuple[Version, ...]:
    """Return the versions of the folder `series`, by number.

    Raises UnreadableError for one whose own file tells nothing, and where their folder can't be read: that is not to have none.
    """
    folder = series / FROZEN
    try:
        named = [path for path in folder.iterdir() if _VERSION.fullmatch(path.name)]
    except (FileNotFoundError, NotADirectoryError):
        return ()
    except OSError as error:
        raise _unreachable(folder, error) from error
    return tuple(sorted((_read(path) for path in named), key=lambda version: version.number))


def version_named(series: Path, name: str) -> Version:
    """Return the version called `name` (第01版, 第1版, 1). Raises MissingError when there is none."""
    number = re.fullmatch(r"第?0*([0-9]+)版?", name.strip())
    found = [version for version in versions(series) if number is not None and version.number == int(number[1])]
    if not found:
        known = "、".join(version.name for version in versions(series)) or "还没有定稿"
        raise MissingError(f"没有“{name}”这一版。", f"已有：{known}。用 shenbao history 列出。")
    return found[0]


def result_of(series: Path, version: Version) -> Path:
    """Return the folder of the 稿 that `version` kept."""
    return series / FROZEN / version.name / RESULT


def is_intact(series: Path, version: Version) -> bool:
    """Whether every file of `version`, those of its data too, is still what was frozen."""
    return _holds(result_of(series, version), version) and _data_holds(series, version)


def standing_result(series: Path, version: Version) -> Path | None:
    """Return a folder that still holds the 稿 that `version` is: its own, else that 稿 itself; None where neither does."""
    places = (result_of(series, version), series / version.draft)
    return next((folder for folder in places if _holds(folder, version)), None)


def _holds(folder: Path, version: Version) -> bool:
    """Whether the 稿 in `folder` is the one that was frozen, to the byte."""
    try:
        return sha256((folder / MANIFEST).read_bytes()) == version.digest and is_whole(folder)
    except OSError:
        return False


def _data_holds(series: Path, version: Version) -> bool:
    """Whether the data kept with `version` are still what they were; of versions of older tools, those that the 稿 was made of."""
    folder = series / FROZEN / version.name / DATA
    try:
        hashes = version.data
        if not hashes:
            told = json.loads((result_of(series, version) / SNAPSHOT).read_bytes()).get("data", {})
            hashes = {name: digest for name, digest in told.items() if (folder / name).is_file()}
        return all(sha256((folder / name).read_bytes()) == digest for name, digest in hashes.items())
    except (OSError, ValueError, TypeError, AttributeError):
        return False


def restore(series: Path, version: Version, target: Path) -> Path:
    """Copy `version`, its data with it, to the folder `target`, which must not be there yet; return it.

    Raises UnreadableError for a version that is not intact, OutputError where `target` stands or the disk refuses.
    """
    if not is_intact(series, version):
        raise UnreadableError(
            f"{version.name} 里的文件被改动过或缺少，不能恢复。",
            f"用 shenbao verify {result_of(series, version)} 查看是哪些文件；没有指出的，是“{DATA}”文件夹里的。"
            + (f"{version.draft} 还是完好的，与这一版一样。" if _holds(series / version.draft, version) else ""),
        )
    with disk.telling_failures(target.parent, disk.BY_NAME):
        if target.exists():
            raise OutputError(f"已有这个文件或文件夹，没有改动它：{target}", "请换一个位置。")
        target.parent.mkdir(parents=True, exist_ok=True)
        aside = name_aside(target.parent)
        try:
            shutil.copytree(series / FROZEN / version.name, aside)
            if not disk.rename_folder(aside, target):
                raise OutputError(f"已有这个文件或文件夹，没有改动它：{target}", "请换一个位置。")
        except BaseException:
            disk.remove(aside)
            raise
    return target


def data_as_frozen(folder: Path, draft: Path) -> Mapping[str, bytes]:
    """Return the data files (no evidence) of the cluster in `folder` that are still those that `draft` was made of.

    Empty where any of them changed since: half of the data would mislead.
    """
    try:
        snapshot = json.loads((draft / SNAPSHOT).read_bytes())
        hashes = dict(snapshot["data"])
        proofs = {name for item in snapshot.get("evidence", ()) for name in item["files"]}
        contents = {name: (folder / name).read_bytes() for name in hashes if name not in proofs}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
    return contents if all(sha256(content) == hashes[name] for name, content in contents.items()) else {}


def _read(folder: Path) -> Version:
    try:
        told = json.loads((folder / _TOLD).read_bytes())
        number = int(told["version"])
        if folder.name != version_name(number):
            raise ValueError("another number")
        on, data = date.fromisoformat(told["frozen"]), dict(told.get("data", {}))
        return Version(number, told["draft"], told["manifest_sha256"], on, told["note"], data)
    except PermissionError as error:
        raise _unreachable(folder, error) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UnreadableError(f"{folder} 不是一份完整的定稿。", "请从备份恢复，或把这个文件夹移走。") from error


def _unreachable(folder: Path, error: OSError) -> UnreadableError:
    return UnreadableError(f"读不到 {folder}：{reason_of(error)}。", "请检查有没有读取的权限，再运行一次。")


def _encoded(version: Version) -> bytes:
    return encode_json(
        {
            "version": version.number,
            "draft": version.draft,
            "manifest_sha256": version.digest,
            "frozen": version.frozen.isoformat(),
            "note": version.note,
            "data": dict(version.data),
        }
    )
