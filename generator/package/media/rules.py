"""What discs, sticks and mails hold, and the words on them. Data (`media/media.yaml`)."""

from __future__ import annotations

from enum import StrEnum
from typing import Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, model_validator

from generator.errors import DefinitionError
from generator.forms.library import Library
from generator.forms.reading import read_data

_Model = TypeVar("_Model", bound=BaseModel)


class MediaPart(BaseModel):
    """Base of every construct of these rules: values, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class MediumKind(StrEnum):
    """What an electronic copy is handed over on."""

    DISC = "disc"
    USB = "usb"
    MAIL = "mail"


class MediumDemand(MediaPart):
    """What a notice, or the operator, asks for: so many discs, a USB stick, mail to an address.

    `number` counts equal pieces. `limit` is in bytes: what one disc holds, how large a file of a stick or one mail may be; None
    leaves it to the rules. `sender` names the office that is to send a mail, where it is not the applicant. `holds` are the materials
    (申报表, 佐证材料) that the notice asks to be on it; empty: everything that is handed in.
    """

    kind: MediumKind
    number: int = Field(default=1, ge=1)
    limit: int | None = Field(default=None, ge=1)
    address: str = ""
    sender: str = ""
    holds: tuple[str, ...] = ()


class Carrier(MediaPart):
    """A sort of disc. `capacity` is in bytes."""

    name: str
    capacity: int = Field(ge=1)


class MailRules(MediaPart):
    """How large a mail may be: `limit` bytes as sent; `encoded` = (bytes sent, of bytes attached), `reserve` bytes for the text."""

    limit: int = Field(ge=1)
    encoded: tuple[int, int]
    reserve: int = Field(ge=0)


class Words(MediaPart):
    """Names of folders and files without extension, and sentences; `{…}` stand for what the code fills in."""

    unsigned: str
    pages_unsigned: str
    disc_folder: str
    disc_content: str
    disc_content_numbered: str
    disc_image: str
    disc_image_numbered: str
    usb_folder: str
    mail_folder: str
    mail_part: str
    label: str
    label_papers: str
    label_number: str
    label_number_of_set: str
    label_signed: str
    label_unsigned: str
    label_paper: str
    label_summary: str
    label_more: str
    mail_text: str
    readme: str
    demands: str
    subject: str
    subject_numbered: str
    subject_unsigned: str
    to: str
    subject_line: str
    attachments: str
    attachment: str
    greeting: str
    message: str
    message_numbered: str
    unsigned_message: str
    signed_message: str
    not_sent: str
    contact: str
    readme_title: str
    readme_form: str
    readme_volume: str
    readme_unsigned: str
    readme_signed: str
    readme_paper: str
    readme_files: str
    readme_not_here: str
    readme_file: str
    draft_mark: str
    draft: str
    draft_message: str
    subject_draft: str


class MediaRules(MediaPart):
    """All of it. `usb_file` is the largest file of a stick, in bytes."""

    carriers: tuple[Carrier, ...] = Field(min_length=1)
    usb_file: int = Field(ge=1)
    mail: MailRules
    leave_out: tuple[str, ...]
    words: Words

    @model_validator(mode="after")
    def _from_small_to_large(self) -> Self:
        capacities = [carrier.capacity for carrier in self.carriers]
        if capacities != sorted(capacities):
            raise ValueError("carriers: 光盘要从小到大写")
        return self


def read_media_rules(library: Library) -> MediaRules:
    """Return the rules of `library`. Raises DefinitionError when they are missing or wrong."""
    return read_rules(library, "media", MediaRules)


def read_rules(library: Library, name: str, model: type[_Model]) -> _Model:
    """Return `media/<name>.yaml` of `library` as a `model`. Raises DefinitionError when it is missing or wrong."""
    path = library.file("media", name)
    if path is None:
        raise DefinitionError(
            f"安装不完整：找不到 media/{name}.yaml。", "请重新安装：pip install --force-reinstall shenbao"
        )
    return read_data(path, model, MediaPart)
