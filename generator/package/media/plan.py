"""Which files go on which disc, stick and mail, and what does not fit. Sizes decide; nothing is made here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import PurePosixPath

from generator.findings import Finding, Findings, Severity
from generator.frozen import dataclass, replace
from generator.package.manifest import PackageFile
from generator.package.media.contents import (
    LONGEST_ON_DISC,
    MediumFile,
    contents,
    shortened,
    size_in_words,
    total_size,
)
from generator.package.media.disc_image import room_on_disc
from generator.package.media.rules import Carrier, MailRules, MediaRules, MediumDemand, MediumKind

_README_ALLOWANCE = 64 * 1024
_PLACES = {MediumKind.DISC: "光盘", MediumKind.USB: "U盘", MediumKind.MAIL: "邮件"}


@dataclass(frozen=True)
class MediumPlan:
    """One medium of a notice: `volumes` are its discs or mails in order (a stick is one), each a list of whole files.

    `left_out` did not fit on any of them. `carrier` is the sort of disc to burn, empty elsewhere.
    """

    demand: MediumDemand
    volumes: tuple[tuple[MediumFile, ...], ...]
    left_out: tuple[MediumFile, ...] = ()
    carrier: str = ""


@dataclass(frozen=True)
class MediaPlan:
    """All media of a package, and what was found."""

    media: tuple[MediumPlan, ...]
    findings: Findings = ()


def plan_media(files: Sequence[PackageFile], demands: Sequence[MediumDemand], rules: MediaRules) -> MediaPlan:
    """Return which of `files` (of a 稿) go on which disc, stick and mail that `demands` ask for.

    A medium holds what is asked to be on it, or all that is handed in (`contents`). What is too large for one disc or mail is spread over
    several, whole files in order; a file that is too large by itself is left out of it. Findings say so, and what to do.
    """
    everything = contents(files, rules)
    media: list[MediumPlan] = []
    found: list[Finding] = []
    on_any: dict[str, MediumFile] = {}
    for demand in demands if everything else ():
        chosen = contents(files, rules, demand.holds)
        if len(chosen) < len(everything):
            found.append(_not_asked_for(demand, [one for one in everything if one not in chosen]))
        if not chosen:
            continue
        plan, findings = _PLANNERS[demand.kind](demand, chosen, rules)
        media.append(plan)
        found += findings
        on_any |= {one.path: one for one in chosen}
    unsigned = [one for one in on_any.values() if one.file.unsigned]
    if unsigned:
        found.append(_unsigned(unsigned, rules))
    return MediaPlan(tuple(media), tuple(found))


def mail_size(size: int, rules: MailRules) -> int:
    """Return how many bytes an attachment of `size` bytes takes in a mail as sent."""
    sent, attached = rules.encoded
    return -(-size // attached) * sent


def _plan_disc(
    demand: MediumDemand, files: Sequence[MediumFile], rules: MediaRules
) -> tuple[MediumPlan, list[Finding]]:
    named = [replace(file, path=shortened(file.path, f"_{rules.words.unsigned}")) for file in files]
    found = [_shortened(old, new) for old, new in zip(files, named, strict=True) if old.path != new.path]
    asked = () if demand.limit is None else (Carrier(name=_PLACES[demand.kind], capacity=demand.limit),)
    carriers = asked or rules.carriers
    carrier = next((one for one in carriers if _fits_on_disc(named, one.capacity)), carriers[-1])
    volumes, left_out = _spread(named, lambda part: _fits_on_disc(part, carrier.capacity))
    found += [_too_large_for_a_disc(file, carrier) for file in left_out]
    if len(volumes) > 1:
        found.append(_several_discs(named, len(volumes), carrier))
    elif carrier != carriers[0]:
        found.append(_larger_disc(named, carriers[0], carrier))
    return MediumPlan(demand, volumes, left_out, carrier.name), found


def _fits_on_disc(files: Sequence[MediumFile], capacity: int) -> bool:
    return _room(files) <= capacity


def _room(files: Sequence[MediumFile]) -> int:
    return room_on_disc([*(file.size for file in files), _README_ALLOWANCE])


def _taken(files: Sequence[MediumFile]) -> str:
    """How large `files` are, and how much of a disc they take."""
    return f"{size_in_words(total_size(files))}（连同光盘自己的目录占 {size_in_words(_room(files))}）"


def _plan_stick(
    demand: MediumDemand, files: Sequence[MediumFile], rules: MediaRules
) -> tuple[MediumPlan, list[Finding]]:
    largest = demand.limit or rules.usb_file
    found = [_too_large_for_a_stick(file, largest) for file in files if file.size > largest]
    return MediumPlan(demand, (tuple(files),)), found


def _plan_mail(
    demand: MediumDemand, files: Sequence[MediumFile], rules: MediaRules
) -> tuple[MediumPlan, list[Finding]]:
    limit = demand.limit or rules.mail.limit

    def fits(part: Sequence[MediumFile]) -> bool:
        return rules.mail.reserve + sum(mail_size(file.size, rules.mail) for file in part) <= limit

    volumes, left_out = _spread(files, fits)
    found = [_too_large_for_mail(file, limit) for file in left_out]
    if demand.sender:
        found.append(_sent_by_others(demand))
    if len(volumes) > 1:
        found.append(_several_mails(files, len(volumes), limit))
    return MediumPlan(demand, volumes, left_out), found


_PLANNERS = {MediumKind.DISC: _plan_disc, MediumKind.USB: _plan_stick, MediumKind.MAIL: _plan_mail}


def _spread(
    files: Sequence[MediumFile], fits: Callable[[Sequence[MediumFile]], bool]
) -> tuple[tuple[tuple[MediumFile, ...], ...], tuple[MediumFile, ...]]:
    """Return `files` in parts that fit, in order, and those that fit by themselves in none. There is always one part."""
    parts: list[tuple[MediumFile, ...]] = [()]
    left_out = []
    for file in files:
        if not fits([file]):
            left_out.append(file)
        elif fits([*parts[-1], file]):
            parts[-1] = (*parts[-1], file)
        else:
            parts.append((file,))
    return tuple(parts), tuple(left_out)


def _larger_disc(files: Sequence[MediumFile], smallest: Carrier, chosen: Carrier) -> Finding:
    """M101: a larger sort of disc than the usual is needed."""
    return Finding(
        code="M101",
        severity=Severity.NOTE,
        message=f"一张{smallest.name}装不下",
        path=_PLACES[MediumKind.DISC],
        found=f"共 {_taken(files)}，一张装 {size_in_words(smallest.capacity)}",
        remedy=f"请改用 {chosen.name}刻录。",
    )


def _several_discs(files: Sequence[MediumFile], count: int, carrier: Carrier) -> Finding:
    """M102: one disc does not hold all."""
    return Finding(
        code="M102",
        severity=Severity.CHECK,
        message=f"一张{carrier.name}装不下，分成了 {count} 张",
        path=_PLACES[MediumKind.DISC],
        found=f"共 {_taken(files)}，一张装 {size_in_words(carrier.capacity)}",
        remedy=f"请刻录 {count} 张为一套；想少用几张，把佐证材料的扫描件压小（黑白文件 200 dpi 足够），"
        "或问清收件单位可否用容量更大的光盘、U盘。",
    )


def _too_large_for_a_disc(file: MediumFile, carrier: Carrier) -> Finding:
    """M103: one file is larger than a disc."""
    return Finding(
        code="M103",
        severity=Severity.MUST,
        message=f"一个文件比一张{carrier.name}还大，没有装进光盘",
        path=f"{_PLACES[MediumKind.DISC]} › {file.path}",
        found=f"{_taken([file])}，一张装 {size_in_words(carrier.capacity)}",
        remedy="请把这个文件分册（佐证材料少放几页为一册），或把扫描件压小，或改用容量更大的光盘。",
    )


def _shortened(old: MediumFile, new: MediumFile) -> Finding:
    """M104: a name is longer than discs allow."""
    return Finding(
        code="M104",
        severity=Severity.NOTE,
        message=f"文件名超过光盘允许的 {LONGEST_ON_DISC} 个字，或有半角分号，光盘上改了",
        path=f"{_PLACES[MediumKind.DISC]} › {old.path}",
        found=old.path,
        expected=new.path,
        remedy="内容没有变；报送材料里的文件名也没有变。",
    )


def _too_large_for_a_stick(file: MediumFile, largest: int) -> Finding:
    """M201: a file is larger than the file system of most sticks takes."""
    return Finding(
        code="M201",
        severity=Severity.CHECK,
        message="文件太大，FAT32 格式的 U盘 拷不进去",
        path=f"{_PLACES[MediumKind.USB]} › {file.path}",
        found=f"{size_in_words(file.size)}，最大 {size_in_words(largest)}",
        remedy="请先把 U盘 格式化为 exFAT 或 NTFS 再拷贝，或把这个文件分册。",
    )


def _several_mails(files: Sequence[MediumFile], count: int, limit: int) -> Finding:
    """M301: one mail does not hold all."""
    return Finding(
        code="M301",
        severity=Severity.NOTE,
        message=f"一封邮件放不下，分成了 {count} 封",
        path=_PLACES[MediumKind.MAIL],
        found=f"共 {size_in_words(total_size(files))}，一封（编码以后）最大 {size_in_words(limit)}",
        remedy="请按文件夹逐封发送，主题和正文在各封的 txt 文件里。",
    )


def _too_large_for_mail(file: MediumFile, limit: int) -> Finding:
    """M302: one file is larger than a mail."""
    return Finding(
        code="M302",
        severity=Severity.CHECK,
        message="文件超过邮件附件的上限，没有放进邮件",
        path=f"{_PLACES[MediumKind.MAIL]} › {file.path}",
        found=f"{size_in_words(file.size)}，一封（编码以后）最大 {size_in_words(limit)}",
        remedy="请用光盘或 U盘 报送这个文件（邮件正文里已写明），或把它分册、压小后再发。",
    )


def _sent_by_others(demand: MediumDemand) -> Finding:
    """M303: the notice asks an office to send the mail, not the applicant."""
    return Finding(
        code="M303",
        severity=Severity.NOTE,
        message=f"通知要求由{demand.sender}发送这份邮件",
        path=_PLACES[MediumKind.MAIL],
        found=demand.address,
        remedy="邮件已经备好；由谁发送，请问清收件单位再发。",
    )


def _not_asked_for(demand: MediumDemand, left: Sequence[MediumFile]) -> Finding:
    """M402: the notice says what is to be on the medium, and more is handed in on paper."""
    names = dict.fromkeys(PurePosixPath(one.file.path).stem for one in left)
    return Finding(
        code="M402",
        severity=Severity.NOTE,
        message="通知写明了装什么，其余的材料没有装",
        path=_PLACES[demand.kind],
        found=f"没有装：{'、'.join(names)}",
        expected=f"只装{'、'.join(demand.holds)}",
        remedy="要一并报送的，请问清收件单位；都装的，在自己的通知里改 holds（docs/notices.md）。",
    )


def _unsigned(unsigned: Sequence[MediumFile], rules: MediaRules) -> Finding:
    """M401: what goes on the media is not signed yet."""
    return Finding(
        code="M401",
        severity=Severity.NOTE,
        message=f"光盘、U盘、邮件里有 {len(unsigned)} 个文件还没有签章，已注明“{rules.words.unsigned}”",
        found="、".join(one.path for one in unsigned),
        remedy="签字盖章后扫描，用 shenbao seal 换上扫描件，再刻盘、发送。",
    )
