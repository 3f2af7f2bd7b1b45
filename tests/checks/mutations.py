"""Ways to spoil the complete example: the form that it is then checked for, the edit of its cluster.yaml, and the code it must bring."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "data" / "示例区智能传感器"
NATIONAL, EARLIER, CITY, REREVIEW = "national-2025", "national-2024", "shanghai-2024", "rereview-2025"
FORMS = (NATIONAL, EARLIER, CITY, REREVIEW)


@dataclass(frozen=True)
class Mutation:
    """`old`, which stands `count` times in the file, becomes `new`; the check for `form` then finds `code`."""

    code: str
    form: str
    old: str
    new: str
    count: int = 1

    @property
    def name(self) -> str:
        return f"{self.code} {self.form} {self.new}"


RESEARCH = "{2025: 10.60, 2026: 12.20, 2027: 14.00}"
PATENTS = "{2025: 1030, 2026: 1195, 2027: 1390}"
BETTER = "{2025: 110, 2026: 124, 2027: 140}"
GROWTH = "{2025: 14.32, 2026: 14.50, 2027: 14.52}"
PLATFORM = "{2025: 50.00, 2026: 55.00, 2027: 60.00}"

TARGETS = (
    Mutation("C501", NATIONAL, RESEARCH, "{2025: 10.60, 2026: 11.40, 2027: 12.00}"),
    Mutation("C501", NATIONAL, PATENTS, "{2025: 1030, 2026: 1195, 2027: 1300}"),
    Mutation("C501", REREVIEW, BETTER, "{2025: 110, 2026: 110, 2027: 140}"),
    Mutation("C501", NATIONAL, BETTER, "{2025: 90, 2026: 124, 2027: 140}"),
    Mutation("C501", NATIONAL, GROWTH, "{2025: 14.32, 2026: 14.50, 2027: 9.50}"),
    Mutation("C501", EARLIER, "{2024: 8.95, 2025: 10.30, 2026: 11.80}", "{2024: 8.95, 2025: 9.30, 2026: 10.00}"),
    Mutation("C502", EARLIER, "{2024: 42.00, 2025: 44.00, 2026: 46.00}", "{2024: 40.20, 2025: 40.30, 2026: 40.40}"),
    Mutation("C502", EARLIER, "{2024: 0.26, 2025: 0.24, 2026: 0.22}", "{2024: 0.26, 2025: 0.25, 2026: 0.25}"),
    Mutation("C502", EARLIER, "{2024: 0.15, 2025: 0.14, 2026: 0.13}", "{2024: 0.16, 2025: 0.15, 2026: 0.15}"),
    Mutation("C503", NATIONAL, PLATFORM, "{2025: 50.00, 2026: 55.00, 2027: 40.00}"),
    Mutation("C503", NATIONAL, "{2025: 0.14, 2026: 0.13, 2027: 0.12}", "{2025: 0.14, 2026: 0.13, 2027: 0.16}"),
    Mutation("C504", NATIONAL, BETTER, "{2027: 140}"),
    Mutation("C504", REREVIEW, PATENTS, "{2025: 1030, 2027: 1390}"),
    Mutation("C505", NATIONAL, "2023: 82, 2024: 101}", "2023: 32, 2024: 31}"),
    Mutation("C505", NATIONAL, "2023: 128.94, 2024: 147.21}", "2023: 118.94, 2024: 133.21}"),
    Mutation("C506", NATIONAL, RESEARCH, "{2023: 7.78, 2025: 10.60, 2026: 12.20, 2027: 14.00}"),
    Mutation("C506", CITY, "{2024: 855, 2025: 990, 2026: 1145}", "{2023: 738, 2024: 855, 2025: 990, 2026: 1145}"),
    Mutation(
        "C507", NATIONAL, f"依据: 研发经费总额, 值: {RESEARCH}", f"依据: 研发经费总额, 基准值: 9.81, 值: {RESEARCH}"
    ),
    Mutation("C508", NATIONAL, GROWTH, "{2025: 14.32, 2026: 14.50, 2027: 15.52}"),
    Mutation("C508", REREVIEW, "2025: 13.71}, 完成: {2025: 14.32}", "2025: 13.71}, 完成: {2025: 15.32}"),
    Mutation("C509", REREVIEW, "完成: {2025: 102}", "完成: {2025: 88}"),
    Mutation("C509", REREVIEW, "2025: 0.24}, 完成: {2025: 0.23}", "2025: 0.24}, 完成: {2025: 0.25}"),
)

BY_HAND = "  # 外资与出口（万元）\n"


def by_hand(code: str, form: str, figure: str) -> Mutation:
    """A figure that is derived in the example, given by hand."""
    return Mutation(code, form, BY_HAND, f"{BY_HAND}  {figure}\n")


ARITHMETIC = (
    by_hand("C711", NATIONAL, "中小企业产值占比: {2024: 87.64}"),
    by_hand("C711", NATIONAL, "每万人有效发明专利拥有量: {2024: 509.15}"),
    by_hand("C711", NATIONAL, "研发投入强度: {2023: 7.24}"),
    by_hand("C711", NATIONAL, "出口贸易额增长率: {2024: 16.16}"),
    by_hand("C711", CITY, "近三年研发投入强度: {2023: 7.82}"),
    Mutation(
        "C712",
        NATIONAL,
        "2022: 612, 2023: 738, 2024: 887}",
        "2022: 612, 2023: 800, 2024: 887}\n  有效发明专利年均增速: {2024: 20.80}",
    ),
    by_hand("C713", NATIONAL, "有效发明专利年均增速: {2024: 13.17}"),
    by_hand("C713", CITY, "研发经费年均增速: {2023: 39.43}"),
    by_hand("C714", NATIONAL, "上云比例: {2024: 0.74}"),
    Mutation("C714", NATIONAL, "2022: 81.30, 2023: 82.90, 2024: 84.60}", "2022: 0.81, 2023: 0.83, 2024: 0.85}"),
    Mutation("C715", NATIONAL, "2023: 15362.40, 2024: 16538.90}", "2023: 15362.40, 2024: 1.65}"),
    Mutation("C715", NATIONAL, "2023: 7.78, 2024: 9.18}          # 亿元", "2023: 77800, 2024: 9.18}"),
    Mutation("C716", NATIONAL, "2023: 205, 2024: 222}", "2023: 205, 2024: 322}"),
    Mutation("C716", NATIONAL, "2023: 141, 2024: 165}", "2023: 141, 2024: 265}"),
    Mutation("C716", NATIONAL, "2023: 3530, 2024: 3908}", "2023: 3530, 2024: 39080}"),
    Mutation("C716", NATIONAL, "2023: 100.55, 2024: 115.76}", "2023: 100.55, 2024: 151.76}"),
    Mutation("C716", NATIONAL, "2023: 110.37, 2024: 127.19}", "2023: 110.37, 2024: 172.19}"),
    Mutation("C716", NATIONAL, "2023: 7, 2024: 9}", "2023: 7, 2024: 90}"),
    Mutation("C716", NATIONAL, "2023: 95, 2024: 108}", "2023: 95, 2024: 308}"),
    Mutation(
        "C717",
        NATIONAL,
        "主持国家标准数量:             {2020: 6, 2021: 8, 2022: 11, 2023: 14, 2024: 18}",
        "主持国家标准数量:             {2020: 6, 2021: 8, 2022: 11, 2023: 14, 2024: 10}",
    ),
    Mutation("C718", NATIONAL, "2023: 101468.75, 2024: 118325.90}", "2023: 101468.75, 2024: 218325.90}"),
    Mutation("C718", NATIONAL, "2023: 3468.90, 2024: 4215.60}", "2023: 3468.90, 2024: 1215.60}"),
    Mutation("C719", NATIONAL, "2022: 90876.20, 2023: 101468.75, 2024: 118325.90", "2022: 9.5, 2023: 9.5, 2024: 9.5"),
    Mutation(
        "C719", CITY, "2021: 2315.75, 2022: 2846.30, 2023: 3468.90", "2021: 3468.90, 2022: 3468.90, 2023: 3468.90"
    ),
    Mutation("C720", NATIONAL, "2023: 14, 2024: 18}", "2023: 14, 2024: 21}"),
)

STANDARDS = (
    Mutation("C801", NATIONAL, "2022: 112.36, 2023: 128.94", "2022: 39.36, 2023: 128.94"),
    Mutation("C801", NATIONAL, "占地面积: 12.60", "占地面积: 126.00"),
    Mutation("C801", NATIONAL, "2023: 100.55, 2024: 115.76}", "2023: 100.55, 2024: 100.76}"),
    Mutation("C801", NATIONAL, "2022: 6.56, 2023: 7.78, 2024: 9.18}", "2022: 6.56, 2023: 7.00, 2024: 7.40}"),
    Mutation("C801", CITY, "属于禁止限制淘汰类: 否", "属于禁止限制淘汰类: 是"),
    Mutation("C801", NATIONAL, "2022: 32.58, 2023: 34.81, 2024: 36.80}", "2022: 32.58, 2023: 38.81, 2024: 36.80}"),
    Mutation("C801", CITY, "能效水平: 不适用 ", "能效水平: 等于 "),
    Mutation("C803", NATIONAL, "能效水平: 不适用 ", "能效水平: 等于 "),
    Mutation(
        "C803",
        CITY,
        "  研发经费总额:                 {2020: 4.72, 2021: 5.58, 2022: 6.56, 2023: 7.78,",
        "  研发经费年均增速: {2023: 5}\n  研发经费总额:                 {2020: 4.72, 2021: 5.58, 2022: 6.56, 2023: 7.78,",
    ),
    Mutation("C803", CITY, "2021: 82.95, 2022: 95.28, 2023: 110.37", "2021: 91.00, 2022: 95.28, 2023: 110.11"),
)

FORMALITIES = (
    Mutation("C101", NATIONAL, "2023: 3468.90, 2024: 4215.60}", "2023: 3468.90}"),
    Mutation("C101", NATIONAL, "    申报时间: 2025-05-20\n", ""),
    Mutation("C102", NATIONAL, "  产业类型: 第二产业\n", ""),
    Mutation("C104", NATIONAL, "值: {2025: 78.00, 2026: 82.00, 2027: 86.00}", "值: {2025: 78.00, 2026: 82.00}"),
    Mutation("C201", NATIONAL, "    集群推广卓越绩效、", "    集群在有关方面的关心支持下深入推广卓越绩效、"),
    Mutation("C301", NATIONAL, "占地面积: 12.60 ", "占地面积: 12.604 "),
    Mutation("C401", NATIONAL, "证明: [组建创新联合体]", "证明: []"),
    Mutation("C402", NATIONAL, "证明: [创新平台]", "证明: []"),
    Mutation("C403", NATIONAL, "  - 开展节能诊断\n", ""),
    Mutation("C404", NATIONAL, "  能耗计算公式: ", "  # 能耗计算公式: "),
    Mutation("C405", NATIONAL, "事件: []", "事件: [{类别: 偷税漏税, 日期: 2023-05}]"),
)

MUTATIONS = (*FORMALITIES, *TARGETS, *ARITHMETIC, *STANDARDS)
