"""Reading what rules judge by: standards, what is plausible, and the words that prose has for figures. All of it is data."""

from __future__ import annotations

from functools import cached_property

from generator.checks.claims import Reader
from generator.checks.plausibility import Plausibility
from generator.checks.standard_definition import Standard
from generator.checks.vocabulary import Vocabulary
from generator.errors import DefinitionError
from generator.forms.definition import Form
from generator.forms.library import Library
from generator.forms.model_files import known_model
from generator.frozen import dataclass, field
from generator.lists.definition import ListCatalogue
from generator.lists.reading import read_lists


@dataclass(frozen=True)
class References:
    """What rules judge by. The empty references find nothing."""

    standard: Standard | None = None
    plausibility: Plausibility = field(default_factory=Plausibility)
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    lists: ListCatalogue = field(default_factory=ListCatalogue)

    @cached_property
    def reader(self) -> Reader:
        """Reads prose with the words of `vocabulary`."""
        return Reader(self.vocabulary)


def read_references(library: Library, form: Form) -> References:
    """Return what the forms of `library` are judged by, and the standard that `form` names.

    Raises DefinitionError for a file that is wrong, or a standard that is nowhere.
    """
    standard = None
    if form.standard:
        path = library.file("standards", form.standard)
        if path is None:
            message = f"表式 {form.id} 所说的标准“{form.standard}”找不到。"
            raise DefinitionError(
                message, f"请在 standards 文件夹里放 {form.standard}.yaml，写法见 docs/standards.md。"
            )
        standard = known_model(path, Standard)
    plausibility = library.file("checks", "plausibility")
    vocabulary = library.file("checks", "words")
    return References(
        standard,
        known_model(plausibility, Plausibility) if plausibility else Plausibility(),
        known_model(vocabulary, Vocabulary) if vocabulary else Vocabulary(),
        read_lists(library),
    )
