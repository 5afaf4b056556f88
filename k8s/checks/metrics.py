"""Alerts and dashboard ask only for metrics of k8s/monitoring/metrics.txt, and the dashboard is one that can be read."""
import json
import pathlib
import re
import sys

import yaml

MONITORING = pathlib.Path(__file__).parent.parent / "monitoring"
KNOWN = {line for line in (MONITORING / "metrics.txt").read_text().splitlines() if line and not line.startswith("#")}
# An identifier that is neither a function, a keyword, a label in braces or parentheses, nor in quotes.
NAME = re.compile(r"\b(?:dumpkeeper|kube|kubelet|jvm|juicefs)_\w+")


def names(expression):
    return set(NAME.findall(re.sub(r'"[^"]*"|\bby \([^)]*\)', "", expression)))


def expressions(node):
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "expr" and isinstance(value, str):
                yield value
            else:
                yield from expressions(value)
    elif isinstance(node, list):
        for value in node:
            yield from expressions(value)


wrong, used = [], set()
dashboard = json.loads((MONITORING / "dumpkeeper-dashboard.json").read_text())
for source, tree in (("rules", yaml.safe_load((MONITORING / "rules.yaml").read_text())), ("dashboard", dashboard)):
    for expression in expressions(tree):
        found = names(expression)
        used |= found
        if not found:
            wrong.append("%s: no metric in %s" % (source, expression))
        wrong += ["%s: %s is not exported" % (source, name) for name in sorted(found - KNOWN)]
ids, cells = set(), set()
for panel in dashboard["panels"]:
    title = panel.get("title", "")
    if not title:
        wrong.append("a panel has no title")
    if panel["id"] in ids:
        wrong.append("%s: its id is another's" % title)
    ids.add(panel["id"])
    place = panel["gridPos"]
    area = {(x, y) for x in range(place["x"], place["x"] + place["w"]) for y in range(place["y"], place["y"] + place["h"])}
    if area & cells or place["x"] + place["w"] > 24:
        wrong.append("%s: lies on another panel or beside the grid" % title)
    cells |= area
    if panel["type"] != "row" and not panel.get("description"):
        wrong.append("%s: does not say what it means" % title)
    if panel["type"] in ("timeseries", "stat") and "unit" not in panel["fieldConfig"]["defaults"]:
        wrong.append("%s: has no unit" % title)
for name in sorted(KNOWN - used):
    if name.startswith("dumpkeeper_"):
        wrong.append("%s is shown nowhere" % name)
if "not exported" not in "".join("" if name in KNOWN else "not exported" for name in names("rate(dumpkeeper_no_such[1m])")):
    wrong.append("an unknown metric is not noticed")
print("\n".join(wrong) or "%d metrics" % len(used))
sys.exit(1 if wrong else 0)
