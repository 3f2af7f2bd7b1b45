"""A small catalogue and a loader of texts, for the tests of the cluster folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.cluster.catalogue import Catalogue, read_catalogue
from generator.cluster.load import load_cluster
from generator.cluster.model import Cluster
from generator.findings import Findings

FORMS = ("national-2025", "shanghai-2024")

FIELDS = """
fields:
  - {name: 省, kind: text, at: [地区, 省]}
  - {name: 县, kind: text, at: [地区, 县]}
  - {name: 产业, kind: text, at: [产业]}
  - {name: 成立时间, kind: month, at: [成立时间]}
  - {name: 主管部门名称, kind: text, at: [主管部门, 名称]}
  - {name: 主管部门联系方式, kind: phone, at: [主管部门, 联系方式]}
  - {name: 联系人, kind: text, at: [联系人]}
  - {name: 能效水平, kind: choice, choices: [低于, 等于, 高于, 不适用], about: 与行业基准值相比}
  - {name: 公共服务, kind: choices, choices: [信息服务, 创业辅导, 人员培训]}
  - {name: 占地面积, kind: amount, unit: 平方公里, min: 0, max: 100}
  - {name: 集群总产值, kind: amount, unit: 亿元, by_year: true, min: 0, max: 100000, about: 全部企业的产值}
  - {name: 外商直接投资额, kind: amount, unit: 万元, by_year: true}
  - {name: 企业数量, kind: count, unit: 家, by_year: true}
  - {name: 中小企业产值占比, kind: percent, unit: '%', by_year: true, min: 0, max: 100}
  - {name: 强链补链情况, kind: narrative, about: 二百字以内}
  - {name: 申报时间, kind: date, submission: true}
facts: [{name: 绘制产业链图谱, about: 绘制了图谱}, {name: 建立共享车间}, {name: 开展质量诊断}]
registers:
  - name: 创新平台
    about: 各级创新平台
    columns:
      - {name: 名称, kind: text, required: true}
      - {name: 级别, kind: choice, choices: [国家级, 省级, 其他]}
      - {name: 投资, kind: amount}
events:
  - {name: 安全事故, grades: [一般, 较大], about: 生产安全事故}
  - {name: 运营机构变更}
others: [{name: 质量品牌建设}, {name: 集群协同发展情况}]
"""

Load = Callable[..., tuple[Cluster | None, Findings]]


@pytest.fixture(scope="session")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    folder = tmp_path_factory.mktemp("fields")
    (folder / "fields.yaml").write_text(FIELDS, encoding="utf-8")
    return read_catalogue([folder])


@pytest.fixture
def load(catalogue: Catalogue, tmp_path: Path) -> Load:
    def load_text(text: str | bytes, *, native: bool = True) -> tuple[Cluster | None, Findings]:
        data = text.encode("utf-8") if isinstance(text, str) else text
        (tmp_path / "cluster.yaml").write_bytes(data)
        return load_cluster(tmp_path, catalogue, forms=FORMS, native=native)

    return load_text
