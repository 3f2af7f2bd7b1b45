"""The discs, sticks and mails of a plan as files: plain folders, disc images, what the mails say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from generator.frozen import dataclass
from generator.package.manifest import KEPT, SUBMITTED, PackageFile, encode_json
from generator.package.media.contents import MediumFile, signed_in_words, size_in_words, total_size
from generator.package.media.disc_image import disc_image
from generator.package.media.plan import MediaPlan, MediumPlan
from generator.package.media.rules import MediaRules, MediumKind, Words
from generator.package.names import name_around, safe_name

DEMANDS_ROLE = "media.demands"

_LABEL = "SHENBAO"


@dataclass(frozen=True)
class MediaTitle:
    """Whose papers these are: the cluster's name, the form's title, and whom to ask (may be empty); a `draft` is told as such."""

    cluster: str
    form: str
    contact: str = ""
    draft: bool = False


def make_media(plan: MediaPlan, title: MediaTitle, rules: MediaRules) -> tuple[PackageFile, ...]:
    """Return the files of all media of `plan`: folders to copy, disc images to burn, folders of mails, each with its words.

    Besides comes what was asked for, kept in the house, so that `shenbao seal` can make the same media again. Contents are the
    bytes of the plan's files themselves; only images are new. Raises OutputError where an image fails its check.
    """
    if not plan.media:
        return ()
    makers = {MediumKind.DISC: make_disc, MediumKind.USB: make_stick, MediumKind.MAIL: make_mail}
    made = [file for medium in plan.media for file in makers[medium.demand.kind](medium, title, rules)]
    asked = [medium.demand.model_dump(mode="json") for medium in plan.media]
    demands = encode_json({"contact": title.contact, "media": asked})
    return (*made, PackageFile(DEMANDS_ROLE, f"{KEPT}/{safe_name(rules.words.demands, '.json')}", demands))


def make_disc(medium: MediumPlan, title: MediaTitle, rules: MediaRules) -> tuple[PackageFile, ...]:
    """Return for each disc of the set a folder that can be burnt as it is, and an image with the same files."""
    words = rules.words
    folder = f"{SUBMITTED}/{words.disc_folder}"
    count = len(medium.volumes)
    made: list[PackageFile] = []
    for number, volume in enumerate(medium.volumes, start=1):
        names = {"cluster": title.cluster, "number": number, "count": count}
        content = f"{folder}/{words.disc_content}"
        stem = words.disc_image
        if count > 1:
            content += "/" + words.disc_content_numbered.format(**names)
            stem = words.disc_image_numbered
        readme = _readme(medium, number, title, words)
        files = (readme, *volume)
        made += [_copied("disc.file", f"{content}/{one.path}", one) for one in files]
        image = disc_image(files, f"{_LABEL}_{number}")
        name = named(stem, names, ".iso", words, volume)
        made.append(PackageFile("disc.image", f"{folder}/{name}", image))
    return tuple(made)


def make_stick(medium: MediumPlan, title: MediaTitle, rules: MediaRules) -> tuple[PackageFile, ...]:
    """Return the folder whose files are copied to a USB stick."""
    folder = f"{SUBMITTED}/{rules.words.usb_folder}"
    files = (_readme(medium, 1, title, rules.words), *medium.volumes[0])
    return tuple(_copied("usb.file", f"{folder}/{one.path}", one) for one in files)


def make_mail(medium: MediumPlan, title: MediaTitle, rules: MediaRules) -> tuple[PackageFile, ...]:
    """Return a folder for each mail: its text (to whom, subject, attachments, body) and its attachments.

    An attachment's folders go into its name, since mails have none.
    """
    words = rules.words
    made: list[PackageFile] = []
    for number, volume in enumerate(medium.volumes, start=1):
        folder = f"{SUBMITTED}/{words.mail_folder}/{words.mail_part.format(number=number)}"
        attached = [MediumFile(one.path.replace("/", "_"), one.file) for one in volume]
        lines = _mail_lines(medium, attached, number, title, words)
        made.append(PackageFile("mail.text", f"{folder}/{safe_name(words.mail_text, '.txt')}", _text(lines)))
        made += [_copied("mail.file", f"{folder}/{one.path}", one) for one in attached]
    return tuple(made)


def _copied(role: str, path: str, one: MediumFile) -> PackageFile:
    return PackageFile(role, path, one.file.body, one.file.pages, unsigned=one.file.unsigned, signed=one.file.signed)


def named(pattern: str, names: Mapping[str, object], extension: str, words: Words, files: Iterable[MediumFile]) -> str:
    """Return the file name by `pattern`, saying so if any of `files` is still to be signed.

    A name that is too long is cut in the cluster's name.
    """
    before, _, behind = pattern.partition("{cluster}")
    mark = f"_{words.unsigned}" if any(one.file.unsigned for one in files) else ""
    return name_around(str(names["cluster"]), before.format(**names), f"{behind.format(**names)}{mark}{extension}")


def _readme(medium: MediumPlan, number: int, title: MediaTitle, words: Words) -> MediumFile:
    """Return the text file that says what is on a disc or stick."""
    volume, count = medium.volumes[number - 1], len(medium.volumes)
    names = {"cluster": title.cluster, "form": title.form, "number": number, "count": count}
    lines = [words.readme_title.format(**names), words.readme_form.format(**names)]
    if count > 1:
        lines.append(words.readme_volume.format(**names))
    told = signed_in_words(
        volume, unsigned=words.readme_unsigned, signed=words.readme_signed, neither=words.readme_paper
    )
    lines += [told, words.draft_message, ""] if title.draft else [told, ""]
    lines.append(words.readme_files.format(count=len(volume), size=size_in_words(total_size(volume))))
    lines += _listed(volume, words.readme_file, words.pages_unsigned)
    if medium.left_out:
        lines += ["", words.readme_not_here, *_listed(medium.left_out, words.readme_file)]
    content = _text(lines)
    name = safe_name(words.readme, ".txt")
    return MediumFile(name, PackageFile("media.readme", name, content))


def _mail_lines(
    medium: MediumPlan, attached: Sequence[MediumFile], number: int, title: MediaTitle, words: Words
) -> list[str]:
    count = len(medium.volumes)
    names = {"cluster": title.cluster, "form": title.form, "number": number, "count": count}
    subject = (words.subject_numbered if count > 1 else words.subject).format(**names)
    subject += signed_in_words(attached, unsigned=words.subject_unsigned, signed="", neither="")
    subject += words.subject_draft if title.draft else ""
    lines = [words.to.format(address=medium.demand.address)] if medium.demand.address else []
    lines += [words.subject_line.format(subject=subject)]
    lines += [words.attachments.format(count=len(attached), size=size_in_words(total_size(attached)))]
    lines += _listed(attached, words.attachment, words.pages_unsigned)
    lines += ["", words.greeting, words.message.format(**names)]
    if count > 1:
        lines.append(words.message_numbered.format(**names))
    told = signed_in_words(attached, unsigned=words.unsigned_message, signed=words.signed_message, neither="")
    lines += [line for line in (told, words.draft_message if title.draft else "") if line]
    if medium.left_out:
        lines += ["", words.not_sent, *_listed(medium.left_out, words.attachment)]
    lines += ["", title.cluster]
    if title.contact:
        lines.append(words.contact.format(contact=title.contact))
    return lines


def _listed(files: Sequence[MediumFile], words: str, unsigned: str = "") -> Iterator[str]:
    """Yield a line for each file; `unsigned` are the words behind one with pages that are still to be signed."""
    for number, file in enumerate(files, start=1):
        line = words.format(number=number, name=file.path, size=size_in_words(file.size))
        pages = "、".join(map(str, file.file.unsigned))
        yield line + (unsigned.format(pages=pages) if pages else "")


def _text(lines: Sequence[str]) -> bytes:
    """Return `lines` as Windows' Notepad reads them in every version: UTF-8 with its mark, CR and LF."""
    return "".join(f"{line}\r\n" for line in lines).encode("utf-8-sig")
