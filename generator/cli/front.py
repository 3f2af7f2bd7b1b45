"""The first help page: which commands there are. It needs no parser, so it is printed without importing one."""

from __future__ import annotations

ABOUT = "中小企业特色产业集群申报材料：由一份集群数据生成申报表。\n\n每条命令的说明：shenbao 命令 -h"
COMMANDS = {
    "forms": "列出本工具认识的申报表和汇总表。",
    "notices": "列出申报通知：交什么、几份、交给谁、什么时候交。",
    "new": "新建一个集群文件夹，内有按申报表顺序写好说明的 cluster.yaml。",
    "schema": "输出 cluster.yaml 的 JSON Schema，供编辑器提示和检查。",
    "blank": "生成空白的申报表或汇总表（docx 和 PDF），供手工填写。",
    "check": "检查集群数据，逐条列出要改和要核对的地方。",
    "build": "生成整套报送材料，写成新的一稿。",
    "freeze": "定稿：把一稿定为要打印的第几版，写出份数台账。",
    "ledger": "在份数台账里记下某几份的打印、签字、盖章、装订、换页。",
    "history": "列出各稿、各版和份数台账；恢复一版。",
    "set": "更正一个数：列出影响，问过再改，理由记下来。",
    "diff": "与以前的稿相比，改了什么、要换哪些页。",
    "correct": "更正以后，已打印的各份换哪几张、怎么办，写出换页单等。",
    "seal": "把签章扫描件换进申报表，做成光盘、U盘、邮件。",
    "summary": "由多个集群生成推荐汇总表（docx、PDF 和 xlsx）。",
    "recommend": "主管部门往上推荐：汇总表、推荐文件、各集群材料、光盘、移交清单。",
    "verify": "核对一份成果：缺少、改动、截短的文件，能否打开，是不是今天的数据。",
    "form": "核对一个文件与申报表的表式是否逐字一致。",
    "explain": "说明一个字段：在各申报表的位置、单位、公式和依据。",
}
VERSION = ("--version", "显示版本号。")
DEBUG = ("--debug", "程序出错时显示技术细节，写在命令之前。")
HELP = ("-h, --help", "显示这一页说明。")
ASKING: tuple[list[str], ...] = ([], ["-h"], ["--help"])
"""The command lines that ask for this page."""


def page() -> str:
    """Return the page."""
    from generator.cli.columns import paragraphs, table

    usage = "用法：shenbao [选项] 命令 …"
    return "\n".join(
        [usage, *paragraphs(ABOUT), *table("命令", COMMANDS.items()), *table("选项", (VERSION, DEBUG, HELP))]
    )
