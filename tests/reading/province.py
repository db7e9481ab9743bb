"""The small province of tests/golden/small with what it lacks: a ledger, quoted cells, notes.  usage: province.py TARGET"""
import shutil
import sys

SOURCE = "tests/golden/small/data"


def make(target):
    shutil.copytree(SOURCE, target)
    with open(target + "/2021/ledger.csv", "w", encoding="utf-8", newline="") as ledger:
        ledger.write("日期,统一社会信用代码,参培类型,类别,更正后级别,企业名称,公开说明,内部备注\n"
                     "2021-12-01,91320100XX00000272,工控,异议,,,收到一件异议，正在核实,来信三号\n"
                     "2021-12-03,91320100XX00000272,工控,更正,1星,,异议成立，更正,复核人甲\n"
                     "2021-12-10,91320100XX0000035W,工控,撤销,,,企业自行申请撤销,来函五号\n"
                     "2021-12-12,91320100XX0000043P,工控,更名,,无锡示例丁新化工有限公司,企业更名,\n")
    online = target + "/2021/results/online.csv"
    text = open(online, encoding="utf-8-sig", newline="").read().split("\n")
    fourth = text[3].rstrip("\r").split(",")
    fourth[5], fourth[6] = '"说明""引""，\n第二行, 逗号"', '"清单；截图"'
    text[3] = ",".join(fourth)
    open(online, "w", encoding="utf-8", newline="").write("\n".join(text))


if __name__ == "__main__":
    make(sys.argv[1])
