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


BY_HAND = "\n实绩:\n"


def by_hand(code: str, form: str, figures: str) -> Mutation:
    """Figures that registers or formulas give in the example, given by hand."""
    return Mutation(code, form, BY_HAND, f"{BY_HAND}  {figures}\n")


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
    by_hand("C505", NATIONAL, "接入工业互联网平台中小企业数量: {2023: 32, 2024: 31}"),
    by_hand("C505", NATIONAL, "集群总产值: {2023: 118.94, 2024: 133.21}"),
    Mutation("C506", NATIONAL, RESEARCH, "{2023: 7.78, 2025: 10.60, 2026: 12.20, 2027: 14.00}"),
    Mutation("C506", CITY, "{2024: 855, 2025: 990, 2026: 1145}", "{2023: 738, 2024: 855, 2025: 990, 2026: 1145}"),
    Mutation(
        "C507", NATIONAL, f"依据: 研发经费总额, 值: {RESEARCH}", f"依据: 研发经费总额, 基准值: 9.81, 值: {RESEARCH}"
    ),
    Mutation("C508", NATIONAL, GROWTH, "{2025: 14.32, 2026: 14.50, 2027: 15.52}"),
    Mutation("C508", REREVIEW, "2025: 13.71}, 完成: {2025: 14.32}", "2025: 13.71}, 完成: {2025: 15.32}"),
    Mutation(
        "C510",
        NATIONAL,
        f"单位: 亿元, 依据: 研发经费总额, 值: {RESEARCH}",
        f"单位: 万元, 依据: 研发经费总额, 值: {RESEARCH}",
    ),
    Mutation("C509", REREVIEW, "完成: {2025: 102}", "完成: {2025: 88}"),
    Mutation("C509", REREVIEW, "2025: 0.24}, 完成: {2025: 0.23}", "2025: 0.24}, 完成: {2025: 0.25}"),
)

ARITHMETIC = (
    by_hand("C711", NATIONAL, "中小企业产值占比: {2024: 87.64}"),
    by_hand("C711", NATIONAL, "每万人有效发明专利拥有量: {2024: 509.15}"),
    by_hand("C711", NATIONAL, "研发投入强度: {2023: 7.24}"),
    by_hand("C711", NATIONAL, "出口贸易额增长率: {2024: 16.16}"),
    by_hand("C711", CITY, "近三年研发投入强度: {2023: 7.82}"),
    by_hand("C712", NATIONAL, "有效发明专利拥有量: {2023: 800}\n  有效发明专利年均增速: {2024: 20.80}"),
    by_hand("C713", NATIONAL, "有效发明专利年均增速: {2024: 13.17}"),
    by_hand("C713", CITY, "研发经费年均增速: {2023: 39.43}"),
    by_hand("C714", NATIONAL, "上云比例: {2024: 0.74}"),
    Mutation("C714", NATIONAL, "2022: 81.30, 2023: 82.90, 2024: 84.60}", "2022: 0.81, 2023: 0.83, 2024: 0.85}"),
    by_hand("C715", NATIONAL, "外商直接投资额: {2024: 1.65}"),
    by_hand("C715", NATIONAL, "研发经费总额: {2023: 77800}"),
    by_hand("C716", NATIONAL, "中小企业数量: {2024: 322}"),
    by_hand("C716", NATIONAL, "上云中小企业数量: {2024: 265}"),
    by_hand("C716", NATIONAL, "中小企业研发人员数量: {2024: 39080}"),
    by_hand("C716", NATIONAL, "中小企业产值: {2024: 151.76}"),
    by_hand("C716", NATIONAL, "主导产业产值: {2024: 172.19}"),
    by_hand("C716", NATIONAL, "小巨人企业数量: {2024: 90}"),
    by_hand("C716", NATIONAL, "高新技术企业数量: {2024: 308}"),
    by_hand("C717", NATIONAL, "主持国家标准数量: {2024: 10}"),
    by_hand("C718", NATIONAL, "出口贸易额: {2024: 218325.90}"),
    by_hand("C718", NATIONAL, "工业软件采购金额: {2024: 1215.60}"),
    by_hand("C719", NATIONAL, "出口贸易额: {2022: 90876.20, 2023: 90876.20, 2024: 90876.20}"),
    by_hand("C719", CITY, "工业软件采购金额: {2021: 3468.90, 2022: 3468.90, 2023: 3468.90}"),
    Mutation("C721", NATIONAL, "2023: 82.90, 2024: 84.60}", "2023: 82.90, 2024: 无}"),
    Mutation("C721", CITY, "大宗固废利用率与行业平均: 不适用", "大宗固废利用率与行业平均: 不高于"),
    by_hand("C720", NATIONAL, "主持国家标准数量: {2024: 21}"),
)

STANDARDS = (
    by_hand("C801", NATIONAL, "集群总产值: {2022: 39.36}"),
    Mutation("C801", NATIONAL, "占地面积: 12.60", "占地面积: 126.00"),
    by_hand("C801", NATIONAL, "中小企业产值: {2024: 100.76}"),
    by_hand("C801", NATIONAL, "研发经费总额: {2023: 7.00, 2024: 7.40}"),
    Mutation("C801", CITY, "属于禁止限制淘汰类: 否", "属于禁止限制淘汰类: 是"),
    by_hand("C801", NATIONAL, "二氧化碳排放量: {2023: 38.81}"),
    Mutation("C801", CITY, "能效水平: 不适用 ", "能效水平: 等于 "),
    Mutation("C803", NATIONAL, "能效水平: 不适用 ", "能效水平: 等于 "),
    by_hand("C803", CITY, "研发经费年均增速: {2023: 5}"),
    by_hand("C803", NATIONAL, "集群产值年均增速: {2024: 10}"),
    by_hand("C803", CITY, "主导产业产值: {2021: 91.00, 2023: 110.11}"),
)

FORMALITIES = (
    Mutation("C101", NATIONAL, "2023: 1738.20, 2024: 1825.60}", "2023: 1738.20}"),
    Mutation("C101", NATIONAL, "    申报时间: 2025-05-20\n", ""),
    Mutation("C102", NATIONAL, "  产业类型: 第二产业\n", ""),
    Mutation("C104", NATIONAL, "值: {2025: 78.00, 2026: 82.00, 2027: 86.00}", "值: {2025: 78.00, 2026: 82.00}"),
    Mutation("C201", NATIONAL, "    集群推广卓越绩效、", "    集群在有关方面的关心支持下深入推广卓越绩效、"),
    Mutation("C301", NATIONAL, "占地面积: 12.60 ", "占地面积: 12.604 "),
    Mutation("C401", NATIONAL, "证明: [组建创新联合体]", "证明: []"),
    Mutation("C402", NATIONAL, "证明: [创新平台]", "证明: []"),
    Mutation("C402", CITY, "证明: [创新平台]", "证明: []"),
    Mutation("C402", CITY, "证明: [工业软件采购金额, ", "证明: ["),
    Mutation("C402", CITY, "高新技术企业数量, 创新型中小企业数量, 上市", "创新型中小企业数量, 上市"),
    Mutation("C403", NATIONAL, "  - 开展节能诊断\n", ""),
    Mutation("C404", NATIONAL, "  能耗计算公式: ", "  # 能耗计算公式: "),
    by_hand("C408", CITY, "集群总产值: {2023: 128.9}"),
    Mutation("C405", NATIONAL, "事件: []", "事件: [{类别: 偷税漏税, 日期: 2023-05}]"),
)

PROSE = (
    Mutation("C911", NATIONAL, "52家增加到2024年的97家", "52家增加到2024年的96家"),
    Mutation("C911", NATIONAL, "2022年的52家增加到", "2022年的54家增加到"),
    Mutation("C911", NATIONAL, "集群有企业231家", "集群有企业213家"),
    Mutation("C911", NATIONAL, "其中中小企业222家，专精特新中小企业56家", "其中中小企业220家，专精特新中小企业56家"),
    Mutation("C911", NATIONAL, "中小企业222家，专精特新中小企业56家", "中小企业222家，专精特新中小企业44家"),
    Mutation(
        "C911",
        NATIONAL,
        "国家级高新技术企业108家，上市中小企业4家。\n        产业链",
        "国家级高新技术企业95家，上市中小企业4家。\n        产业链",
    ),
    Mutation("C911", NATIONAL, "2024年集群总产值147.21亿元，近三年", "2024年集群总产值142.71亿元，近三年"),
    Mutation("C911", NATIONAL, "近三年年均增长14.46%", "近三年年均增长14.64%"),
    Mutation("C911", NATIONAL, "占集群总产值的86.40%；中小企业", "占集群总产值的84.60%；中小企业"),
    Mutation("C911", NATIONAL, "115.76亿元，占78.64%", "115.76亿元，占78.46%"),
    Mutation("C911", NATIONAL, "由2022年的6.79%提高到8.06%", "由2022年的6.79%提高到8.60%"),
    Mutation("C911", NATIONAL, "研发经费9.18亿元，近三年年均增长18.30%", "研发经费9.18亿元，近三年年均增长13.80%"),
    Mutation("C911", NATIONAL, "研发投入强度达到7.62%", "研发投入强度达到6.72%"),
    Mutation("C911", NATIONAL, "由612件增加到887件，年均增长20.39%", "由612件增加到878件，年均增长20.39%"),
    Mutation("C911", NATIONAL, "每万名从业人员拥有590.15件", "每万名从业人员拥有522.66件"),
    Mutation("C911", NATIONAL, "上云中小企业165家，占74.32%", "上云中小企业165家，占68.78%"),
    Mutation(
        "C911", NATIONAL, "接入工业互联网平台101家，应用普及率45.50%", "接入工业互联网平台101家，应用普及率54.50%"
    ),
    Mutation("C911", NATIONAL, "比2022年提高10.39个百分点", "比2022年提高13.90个百分点"),
    Mutation("C911", NATIONAL, "新增主持国家标准10项", "新增主持国家标准12项"),
    Mutation(
        "C911",
        NATIONAL,
        "主导产品出口贸易额11.83亿元，比上年增长16.61%",
        "主导产品出口贸易额11.38亿元，比上年增长16.61%",
    ),
    Mutation("C911", NATIONAL, "比上年增长16.61%", "比上年增长11.66%"),
    Mutation("C911", NATIONAL, "集群总产值达到168.50亿元", "集群总产值达到165.80亿元"),
    Mutation("C911", NATIONAL, "有效发明专利1390件。攻关", "有效发明专利1290件。攻关"),
    Mutation("C911", NATIONAL, "工业用水重复利用率84.60%，高于", "工业用水重复利用率82.90%，高于"),
    Mutation("C911", EARLIER, "由2021年的98.75亿元增长到", "由2021年的95.78亿元增长到"),
    Mutation("C911", EARLIER, "比2021年增加53家", "比2021年增加35家"),
    Mutation(
        "C911", EARLIER, "占全区产值的6.41%，比2021年提高1.06个百分点", "占全区产值的6.41%，比2021年提高1.60个百分点"
    ),
    Mutation("C911", EARLIER, "累计141家中小企业上云", "累计114家中小企业上云"),
    Mutation("C911", EARLIER, "155家应用数字化研发工具", "165家应用数字化研发工具"),
    Mutation("C911", EARLIER, "近三年主持制修订国家标准8项", "近三年主持制修订国家标准10项"),
    Mutation("C911", EARLIER, "2023年工业软件采购金额3468.90万元", "2023年工业软件采购金额3846.90万元"),
    Mutation("C911", EARLIER, "由0.31吨/万元降到0.27吨/万元", "由0.31吨/万元降到0.25吨/万元"),
    Mutation(
        "C911", EARLIER, "2023年，集群总产值128.94亿元，中小企业205家", "2023年，集群总产值128.94亿元，中小企业188家"
    ),
    Mutation("C911", CITY, "近三年研发经费累计19.92亿元", "近三年研发经费累计19.29亿元"),
    Mutation("C911", CITY, "研发投入强度7.28%，年均增长18.08%", "研发投入强度7.28%，年均增长18.80%"),
    Mutation("C911", CITY, "企业上云比例68.78%", "企业上云比例74.32%"),
    Mutation("C911", CITY, "2023年出口10.15亿元", "2023年出口11.83亿元"),
    Mutation("C911", REREVIEW, "集群企业由197家增加到231家", "集群企业由179家增加到231家"),
    Mutation("C911", REREVIEW, "比2022年增加31.91亿元", "比2022年增加39.11亿元"),
    Mutation("C911", REREVIEW, "占集群总产值的比例由84.80%提高到86.40%", "占集群总产值的比例由84.80%提高到88.40%"),
    Mutation("C911", REREVIEW, "境外分支机构由4家增加到6家", "境外分支机构由4家增加到7家"),
    Mutation(
        "C911", REREVIEW, "集群总产值预计168.50亿元，超过目标3.00亿元", "集群总产值预计186.50亿元，超过目标3.00亿元"
    ),
    Mutation("C911", REREVIEW, "超过目标12家", "超过目标21家"),
    Mutation("C911", REREVIEW, "普及率由35.11%提高到45.50%", "普及率由35.11%提高到45.05%"),
)

NAMES = (
    Mutation("C108", NATIONAL, "申报时间: 2025-05-20", "申报时间: 2024-05-20"),
    Mutation("C108", CITY, "申报时间: 2024-05-06", "申报时间: 2026-05-06"),
    Mutation("C109", NATIONAL, "事件: []", "事件: [{类别: 安全事故, 日期: 2025-03, 等级: 较大, 情况说明: 已经整改}]"),
    Mutation("C109", NATIONAL, "事件: []", "事件: [{类别: 网络安全事件, 日期: 2025-05-01, 情况说明: 已经整改}]"),
    Mutation("C110", NATIONAL, "级别: 其他, 取得时间: 2024-05}", "级别: 其他, 取得时间: 2042-05}"),
    Mutation("C110", CITY, "2023: 82.90, 2024: 84.60}", "2023: 82.90, 2042: 84.60}"),
    Mutation("C111", NATIONAL, "申报时间: 2025-05-20", "申报时间: 无"),
    Mutation("C111", CITY, "联系人: 林知远", "联系人: 无"),
    Mutation("C111", REREVIEW, "联系方式: 021-55550101", "联系方式: 无"),
    Mutation("C406", NATIONAL, "申报时间: 2024-05-06", "申报时间: 2024-05-06\n    运营管理机构名称: 上海某某园区公司"),
    Mutation("C901", NATIONAL, "集群位于上海市示例区，占地面积", "集群位于上海市示例县，占地面积"),
    Mutation("C901", NATIONAL, "国内一流智能传感器产业集群", "国内一流传感器产业集群"),
    Mutation("C901", CITY, "产业: 智能传感器 ", "集群名称: 上海市示例区智能感知产业集群\n产业: 智能传感器 "),
    Mutation(
        "C902",
        NATIONAL,
        "        集群位于上海市示例区，占地",
        "        甲省乙市丙区激光装备产业集群位于上海市示例区，占地",
    ),
    Mutation("C903", EARLIER, "由上海示例传感器产业园发展有限公司统一", "由上海示例传感器产业园开发有限公司统一"),
    Mutation("C904", NATIONAL, "2024年集群总产值147.21亿元，近三年", "2019年集群总产值75.30亿元，近三年"),
    Mutation("C905", NATIONAL, "名称: 上海示例传感器产业园发展有限公司", "名称: 上海示例城市建设投资有限公司"),
    Mutation("C905", CITY, "名称: 上海示例传感器产业园发展有限公司", "名称: 上海市示例区经济委员会"),
    Mutation("C991", NATIONAL, "事件: []", "事件: []\n不适用检查: [{编号: C505, 理由: 当地放宽}]"),
)

MUTATIONS = (*FORMALITIES, *PROSE, *NAMES, *TARGETS, *ARITHMETIC, *STANDARDS)
