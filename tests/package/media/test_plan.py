"""What goes on which disc, stick and mail."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from generator.findings import Severity
from generator.package.manifest import SUBMITTED, PackageFile
from generator.package.media.contents import contents, shortened, size_in_words
from generator.package.media.disc_image import room_on_disc
from generator.package.media.plan import MediumPlan, mail_size, plan_media
from generator.package.media.rules import MediaRules, MediumDemand, MediumKind
from tests.package.media.samples import CLUSTER, DISC, MAIL, RULES, USB, handed_in, rules

MB = 1024 * 1024


def planned(demand: MediumDemand, using: MediaRules = RULES, **sizes: int) -> tuple[MediumPlan, list[str]]:
    plan = plan_media(handed_in(signed=True, **sizes), [demand], using)
    return plan.media[0], [finding.code for finding in plan.findings]


def names(medium: MediumPlan) -> list[list[str]]:
    return [[file.path.partition("_")[0] for file in volume] for volume in medium.volumes]


def test_everything_handed_in_goes_on_a_medium_but_prints_and_the_media_themselves() -> None:
    inside = (*handed_in(signed=True, b=10), PackageFile("disc.image", f"{SUBMITTED}/光盘/光盘.iso", b"disc"))
    assert [file.path for file in contents(inside, RULES)] == [
        f"01_申报表_{CLUSTER}.docx",
        f"01_申报表_{CLUSTER}.pdf",
        f"b_{CLUSTER}.pdf",
    ]


def test_contents_are_the_bytes_of_the_files_themselves() -> None:
    files = handed_in()
    assert all(any(one.file is file for file in files) for one in contents(files, RULES))


def test_a_medium_holds_what_the_notice_asks_to_be_on_it_and_what_is_left_is_told() -> None:
    def asked(*holds: str) -> tuple[list[list[str]], list[str]]:
        medium, told = planned(DISC.model_copy(update={"holds": holds}), lists=5000, evidence=5000)
        return names(medium), told

    assert asked("申报表") == ([["01", "01"]], ["M402"])
    assert asked("佐证材料") == ([["lists", "evidence"]], ["M402"])
    assert asked("申报表", "佐证材料") == ([["01", "01", "lists", "evidence"]], [])


def test_what_is_unsigned_and_on_no_medium_is_not_told_of() -> None:
    plan = plan_media(handed_in(b=10), [DISC.model_copy(update={"holds": ("佐证材料",)})], RULES)
    assert [finding.code for finding in plan.findings] == ["M402"]


def test_a_medium_of_which_nothing_is_there_is_none() -> None:
    plan = plan_media(handed_in(), [USB.model_copy(update={"holds": ("佐证材料",)})], RULES)
    assert plan.media == () and [finding.code for finding in plan.findings] == ["M402"]


def test_an_unsigned_form_says_so_in_its_name_and_in_a_finding() -> None:
    plan = plan_media(handed_in(), [DISC], RULES)
    (volume,) = plan.media[0].volumes
    assert [file.path for file in volume] == [f"01_申报表_{CLUSTER}.docx", f"01_申报表_{CLUSTER}_未签章.pdf"]
    assert [(finding.code, finding.severity) for finding in plan.findings] == [("M401", Severity.NOTE)]
    assert "M401" not in [finding.code for finding in plan_media(handed_in(signed=True), [DISC], RULES).findings]


def test_a_name_that_says_so_already_is_not_marked_twice() -> None:
    file = PackageFile("form.pdf", f"{SUBMITTED}/01_申报表_{CLUSTER}_未签章.pdf", b"x", unsigned=(1,))
    assert [one.path for one in contents([file], RULES)] == [f"01_申报表_{CLUSTER}_未签章.pdf"]


def test_without_a_demand_there_is_no_medium() -> None:
    plan = plan_media(handed_in(), [], RULES)
    assert (plan.media, plan.findings) == ((), ())


def test_a_small_package_fits_on_one_compact_disc() -> None:
    medium, codes = planned(DISC, b=5 * MB)
    assert (len(medium.volumes), medium.carrier, codes) == (1, "CD-R 光盘（700MB）", [])


def test_the_capacities_are_those_of_the_discs() -> None:
    assert [carrier.capacity for carrier in RULES.carriers] == [360_000 * 2048, 2_295_104 * 2048]
    assert RULES.usb_file == 2**32 - 1


def test_more_than_a_compact_disc_goes_on_a_dvd() -> None:
    medium, codes = planned(DISC, rules(2 * MB, 5 * MB), b=MB, c=MB)
    assert (len(medium.volumes), medium.carrier, codes) == (1, f"{5 * MB}字节的光盘", ["M101"])


def test_more_than_the_largest_disc_goes_on_several_in_order() -> None:
    medium, codes = planned(DISC, rules(2 * MB, 3 * MB), b=MB, c=MB, d=MB)
    assert names(medium) == [["01", "01", "b"], ["c"], ["d"]]
    assert codes == ["M102"]


def test_a_notice_may_say_what_a_disc_holds() -> None:
    demand = MediumDemand(kind=MediumKind.DISC, limit=3 * MB)
    medium, codes = planned(demand, b=MB, c=MB)
    assert (len(medium.volumes), codes) == (2, ["M102"])


def test_a_file_larger_than_a_disc_is_left_out_and_blocks() -> None:
    plan = plan_media(handed_in(signed=True, b=MB, c=4 * MB), [DISC], rules(2 * MB, 3 * MB))
    assert names(plan.media[0]) == [["01", "01", "b"]]
    assert [file.path for file in plan.media[0].left_out] == [f"c_{CLUSTER}.pdf"]
    (finding,) = (finding for finding in plan.findings if finding.code == "M103")
    assert finding.severity is Severity.MUST
    assert f"c_{CLUSTER}.pdf" in finding.path and "分册" in finding.remedy
    assert re.fullmatch(r"4\.0 MB（连同光盘自己的目录占 [45]\.\d MB），一张装 3\.0 MB", finding.found)


def test_what_does_not_fit_for_the_disc_s_own_tables_is_told_with_the_room_that_it_takes() -> None:
    plan = plan_media(handed_in(signed=True, c=3 * MB - 1000), [DISC], rules(2 * MB, 3 * MB))
    (finding,) = (finding for finding in plan.findings if finding.code == "M103")
    taken, room = (float(size) for size in re.findall(r"([\d.]+) MB", finding.found)[1:])
    assert taken > room


def test_a_name_too_long_for_a_disc_is_cut_before_its_extension_and_told() -> None:
    long = PackageFile("x", f"{SUBMITTED}/{'长' * 80}.pdf", b"x")
    plan = plan_media([long], [DISC, USB], RULES)
    disc, stick = (medium.volumes[0][0].path for medium in plan.media)
    assert stick == f"{'长' * 80}.pdf"
    assert len(disc) == 64 and disc.endswith(".pdf") and disc.startswith("长" * 50)
    assert [finding.code for finding in plan.findings] == ["M104"]


@given(st.text(min_size=1, max_size=100).filter(lambda text: "/" not in text), st.sampled_from(["", ".pdf", ".xlsx"]))
def test_a_shortened_name_is_within_joliet_and_stays_short(stem: str, extension: str) -> None:
    name = shortened(f"佐证材料/x{stem}x{extension}")
    assert all(len(part.encode("utf-16-le")) // 2 <= 64 for part in name.split("/"))
    assert shortened(name) == name


def test_the_mark_of_an_unsigned_form_is_never_cut_off() -> None:
    long = PackageFile("form.pdf", f"{SUBMITTED}/01_申报表_{'长' * 66}.pdf", b"x", unsigned=(1,))
    plan = plan_media([long], [DISC, USB], RULES)
    disc, stick = (medium.volumes[0][0].path for medium in plan.media)
    assert disc.endswith("_未签章.pdf") and len(disc) == 64
    assert stick.endswith("_未签章.pdf")


def test_a_file_too_large_for_fat32_is_told_and_stays_in_the_folder() -> None:
    medium, codes = planned(USB, RULES.model_copy(update={"usb_file": 100}), b=101)
    assert (names(medium), codes) == ([["01", "01", "b"]], ["M201"])
    assert planned(USB, RULES.model_copy(update={"usb_file": 100}), b=100)[1] == []


def test_mail_is_parted_by_its_size_as_sent() -> None:
    demand = MAIL.model_copy(update={"limit": 3 * MB})
    medium, codes = planned(demand, b=MB, c=MB, d=MB)
    assert names(medium) == [["01", "01", "b", "c"], ["d"]]
    assert codes == ["M301"]
    assert planned(MAIL, b=MB, c=MB, d=MB)[1] == []


def test_a_file_larger_than_a_mail_is_left_out_and_told() -> None:
    demand = MAIL.model_copy(update={"limit": 3 * MB})
    plan = plan_media(handed_in(signed=True, b=MB, c=3 * MB), [demand], RULES)
    assert [file.path for file in plan.media[0].left_out] == [f"c_{CLUSTER}.pdf"]
    (finding,) = plan.findings
    assert (finding.code, finding.severity) == ("M302", Severity.CHECK)
    assert "光盘" in finding.remedy


@given(st.lists(st.integers(1, 3 * MB), max_size=30))
def test_no_file_is_lost_and_no_mail_is_too_large(sizes: list[int]) -> None:
    files = [PackageFile("x", f"{SUBMITTED}/{number}.pdf", bytes(size)) for number, size in enumerate(sizes)]
    demand = MAIL.model_copy(update={"limit": 2 * MB})
    for medium in plan_media(files, [demand], RULES).media:
        sent = [file.path for volume in medium.volumes for file in volume]
        assert sorted(sent + [file.path for file in medium.left_out]) == sorted(
            file.path.partition("/")[2] for file in files
        )
        for volume in medium.volumes:
            assert sum(mail_size(file.size, RULES.mail) for file in volume) + RULES.mail.reserve <= 2 * MB
        for one in medium.left_out:
            assert mail_size(one.size, RULES.mail) + RULES.mail.reserve > 2 * MB


@given(st.integers(0, 5 * MB))
def test_mail_takes_at_least_what_base64_takes(size: int) -> None:
    import base64

    if size <= 200_000:
        assert mail_size(size, RULES.mail) >= len(base64.encodebytes(bytes(size)).replace(b"\n", b"\r\n"))
    assert mail_size(size, RULES.mail) >= -(-size // 3) * 4


def test_sizes_are_told_as_windows_tells_them() -> None:
    told = [size_in_words(size) for size in (0, 1023, 1024, 1025, MB - 1, MB, 1024 * MB, 4_700_372_992)]
    assert told == ["0 字节", "1023 字节", "1.0 KB", "1.1 KB", "1.0 MB", "1.0 MB", "1.0 GB", "4.4 GB"]


def test_room_on_a_disc_counts_whole_sectors() -> None:
    assert room_on_disc([1]) - room_on_disc([]) == room_on_disc([2048]) - room_on_disc([])
    assert room_on_disc([2049]) > room_on_disc([2048])
