"""README.zh-CN.md and configuration.zh-CN.md have the rows, sections and links of what they translate."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PAIRS = (("README.md", "README.zh-CN.md"), ("docs/configuration.md", "docs/configuration.zh-CN.md"))


def facts(text):
    text = re.sub(r"```\n.*?```", "", text, flags=re.S)
    rows = [re.findall(r"`[^`]+`|^\| *\d+", line)[:1] for line in text.splitlines() if line.startswith("|")]
    first = [row[0] for row in rows if row]
    return {"table rows": rows and first, "sections": [line.split()[0] for line in text.splitlines() if line.startswith("#")],
            "links": sorted(set(re.findall(r"\]\(((?:docs|k8s)/[^)#]*|CHANGELOG.md)", text)))}


wrong = []
for names in PAIRS:
    one, other = (facts((ROOT / name).read_text().replace(".zh-CN.md", ".md")) for name in names)
    for what in one:
        for entry in [e for e in one[what] if one[what].count(e) > other[what].count(e)]:
            wrong.append("%s lacks: %s %s" % (names[1], what, entry))
        for entry in [e for e in other[what] if other[what].count(e) > one[what].count(e)]:
            wrong.append("%s lacks: %s %s" % (names[0], what, entry))
print("\n".join(wrong) or "equal")
sys.exit(1 if wrong else 0)
