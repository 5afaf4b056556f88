"""README.zh-CN.md has the rows, sections, links and code of README.md."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
english, chinese = ((ROOT / name).read_text() for name in ("README.md", "README.zh-CN.md"))


def facts(text):
    text = re.sub(r"```\n.*?```", "", text, flags=re.S)
    rows = [re.findall(r"`[^`]+`|^\| *\d+", line)[:1] for line in text.splitlines() if line.startswith("|")]
    first = [row[0] for row in rows if row]
    return {"table rows": rows and first, "sections": [line.split()[0] for line in text.splitlines() if line.startswith("#")],
            "links": sorted(set(re.findall(r"\]\(((?:docs|k8s)/[^)#]*|CHANGELOG.md)", text)))}


wrong = []
one, other = facts(english), facts(chinese)
for what in one:
    for entry in [e for e in one[what] if one[what].count(e) > other[what].count(e)]:
        wrong.append("README.zh-CN.md lacks: %s %s" % (what, entry))
    for entry in [e for e in other[what] if other[what].count(e) > one[what].count(e)]:
        wrong.append("README.md lacks: %s %s" % (what, entry))
print("\n".join(wrong) or "equal")
sys.exit(1 if wrong else 0)
