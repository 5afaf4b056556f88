"""Runs the commands of a guide: blocks marked `sh run` with dumpkeeper on an empty place, in order; those marked
`sh cluster` are parsed. A command of kubectl is held against what kubectl knows where it is installed."""
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
text = pathlib.Path(sys.argv[1]).read_text()
blocks = re.findall(r"^```sh ?(\w*)\n(.*?)^```$", text, re.M | re.S)
wrong, ran, parsed = [], 0, 0

for kind, block in blocks:
    if kind not in ("run", "cluster"):
        wrong.append("a block says neither run nor cluster: " + block[:60])
    done = subprocess.run(["bash", "-n"], input=block, capture_output=True, text=True)
    parsed += 1
    if done.returncode:
        wrong.append(done.stderr + block)
    for path in re.findall(r"\bk8s/[\w/.-]+", block):
        if not (ROOT / path).exists() and not (ROOT / (path + ".example")).exists():
            wrong.append("there is no " + path)

alerts = set(re.findall(r"alert: (\w+)", (ROOT / "k8s/monitoring/rules.yaml").read_text()))
explained = set(re.findall(r"^### (\w+)$", text, re.M))
wrong += ["the alert %s is not explained" % name for name in sorted(alerts - explained)]
wrong += ["%s is no alert" % name for name in sorted(explained - alerts)]

jar = ROOT / "target/dumpkeeper.jar"
with tempfile.TemporaryDirectory() as home:
    subprocess.run(["javac", "-d", home, str(ROOT / "image/TrainingGateway.java")], check=True)
    gateway = subprocess.Popen(["java", "-cp", home, "TrainingGateway", home + "/port"])
    try:
        while not pathlib.Path(home, "port").exists():
            time.sleep(0.1)
        port = pathlib.Path(home, "port").read_text()
        environment = {"PATH": __import__("os").environ["PATH"], "HOME": home, "DUMPKEEPER_GATEWAY_ACCESSKEY": "a",
                       "DUMPKEEPER_GATEWAY_SECRETKEY": "b", "DUMPKEEPER_GATEWAY_ENDPOINT": "http://127.0.0.1:" + port}
        shell = "set -e\ndumpkeeper() { java -Xmx256m -jar %s \"$@\"; }\n" % shlex.quote(str(jar))
        for kind, block in blocks:
            if kind == "run":
                place = pathlib.Path(home, "place%d" % ran)
                place.mkdir()
                done = subprocess.run(["bash", "-c", shell + block], cwd=place, env=environment, capture_output=True,
                                      text=True)
                ran += 1
                if done.returncode:
                    wrong.append("exit %d of\n%s\n%s%s" % (done.returncode, block, done.stdout[-800:], done.stderr[-800:]))
    finally:
        gateway.terminate()
        gateway.wait()
print("\n".join(wrong) or "%d blocks parsed, %d of them run" % (parsed, ran))
sys.exit(1 if wrong else 0)
