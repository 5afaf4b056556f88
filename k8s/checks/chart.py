"""Renders charts/dumpkeeper in every way that is promised, and compares it with what kustomize builds.

chart.py WORK: WORK holds cronjob.yaml, service.yaml and monitoring.yaml as kustomize built them; what is rendered stays in
WORK/chart. Needs helm on the PATH.
chart.py WORK --released also writes charts/previous anew: what the next release has to be able to follow. To be done with
each release, and by nobody else.
"""
import copy
import json
import pathlib
import re
import shutil
import subprocess
import sys

import yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
CHART = ROOT / "charts/dumpkeeper"
BUILT = pathlib.Path(sys.argv[1])
WORK = BUILT / "chart"
WORK.mkdir(exist_ok=True)
wrong, rendered = [], []

# What the chart does otherwise than kustomize; everything else has to be equal.
ONLY_KUSTOMIZE = {
    "Namespace": "Helm makes the namespace, or its owner does; NOTES.txt says which label it needs",
    "Secret": "the chart takes none as a value: existingSecret, service.usersSecret, serviceMonitor.basicAuth.secret",
    "PodMonitor": "of JuiceFS, not of Dumpkeeper",
}
NAMES = {
    # The chart's names begin with the release's, so that two releases fit into one namespace.
    ("NetworkPolicy", "default-deny"): "dumpkeeper-default-deny",
}
# Labels that only the chart sets, on objects, pods and selectors.
HELMS_LABELS = {"app.kubernetes.io/instance", "app.kubernetes.io/managed-by", "app.kubernetes.io/version", "helm.sh/chart"}
# Labels that the chart sets on every object, kustomize on some; no selector rests on those.
COMMON_LABELS = {"app.kubernetes.io/name", "app.kubernetes.io/component", "app.kubernetes.io/part-of"}
# kustomize ends the names of ConfigMap and Secret with a checksum instead.
HELMS_ANNOTATIONS = {"checksum/config"}
# The letters of its checksums; "management" has ten others.
HASHED = re.compile(r"^(dumpkeeper|dumpkeeper-users)-[2456789bcdfghkmt]{10}$")

MINIMUM = {"image": {"repository": "registry.example.com/dumpkeeper"}, "existingSecret": "dumpkeeper"}


def merged(*parts):
    result = {}
    for part in parts:
        for key, value in part.items():
            result[key] = merged(result[key], value) if isinstance(value, dict) and isinstance(result.get(key), dict) else value
    return result


def helm(values, release="dumpkeeper", namespace="dumpkeeper", chart=CHART):
    path = WORK / "values.json"
    path.write_text(json.dumps(values))
    return subprocess.run(["helm", "template", release, str(chart), "-n", namespace, "-f", str(path)], capture_output=True,
                          text=True)


def render(name, values, release="dumpkeeper", namespace="dumpkeeper"):
    """The objects that these values make, or None where they make none, which is wrong."""
    done = helm(values, release, namespace)
    if done.returncode:
        wrong.append("%s is not rendered: %s" % (name, done.stderr.strip()[-600:]))
        return []
    path = WORK / ("%s.yaml" % name)
    path.write_text(done.stdout)
    rendered.append(path)
    return [m for m in yaml.safe_load_all(done.stdout) if m]


def refused(name, values, *words, release="dumpkeeper"):
    done = helm(values, release)
    if done.returncode == 0:
        wrong.append("%s is not refused" % name)
    elif not all(word in done.stderr for word in words):
        wrong.append("%s is refused without saying %s: %s" % (name, words, done.stderr.strip()[-600:]))


def expect(truth, text):
    if not truth:
        wrong.append(text)


def one(objects, kind, name=None):
    found = [m for m in objects if m["kind"] == kind and name in (None, m["metadata"]["name"])]
    expect(len(found) == 1, "there are %d of %s %s" % (len(found), kind, name or ""))
    return found[0] if found else {"metadata": {"name": ""}, "spec": {}, "data": {}}


def plain(node):
    """Without what is listed above, wherever it stands."""
    if isinstance(node, dict):
        return {key: plain(value) for key, value in node.items() if key not in HELMS_LABELS | HELMS_ANNOTATIONS}
    if isinstance(node, list):
        return [plain(value) for value in node]
    if isinstance(node, str) and HASHED.match(node):
        return HASHED.match(node).group(1)
    return node


def keyed(objects, kustomize):
    result = {}
    for m in objects:
        if "helm.sh/hook" in m["metadata"].get("annotations", {}):
            continue
        m = plain(copy.deepcopy(m))
        name = m["metadata"]["name"]
        if kustomize:
            if m["kind"] in ONLY_KUSTOMIZE:
                continue
            name = m["metadata"]["name"] = NAMES.get((m["kind"], name), name)
        for template in [m] + [m["spec"][part] for part in ("template", "jobTemplate") if part in m.get("spec", {})]:
            if template.get("metadata", {}).get("annotations") == {}:
                del template["metadata"]["annotations"]
        for label in COMMON_LABELS:
            m["metadata"].get("labels", {}).pop(label, None)
        if not m["metadata"].get("labels"):
            m["metadata"].pop("labels", None)
        if m["kind"] == "ConfigMap":
            m["data"] = {key: json.loads(text) if key.endswith(".json") else text for key, text in m["data"].items()}
        key = m["kind"], m["metadata"].get("namespace"), name
        expect(key not in result, "two objects are one: %s" % (key,))
        result[key] = m
    return result


def differences(one, other, path=""):
    if type(one) is not type(other):
        yield "%s: kustomize %s, chart %s" % (path, one, other)
    elif isinstance(one, dict):
        for key in sorted(one.keys() | other.keys(), key=str):
            if key not in one or key not in other:
                yield "%s/%s: only in %s" % (path, key, "the chart" if key not in one else "kustomize")
            else:
                yield from differences(one[key], other[key], "%s/%s" % (path, key))
    elif isinstance(one, list):
        if len(one) != len(other):
            yield "%s: kustomize has %d, the chart %d" % (path, len(one), len(other))
        for number, (first, second) in enumerate(zip(one, other)):
            yield from differences(first, second, "%s/%d" % (path, number))
    elif one != other:
        yield "%s: kustomize %r, chart %r" % (path, one, other)


def equal(name, built, objects):
    for difference in differences(keyed(built, True), keyed(objects, False)):
        wrong.append("%s: %s" % (name, difference))


def load(path):
    return [m for m in yaml.safe_load_all(pathlib.Path(path).read_text()) if m]


# 1. The same settings as k8s/ make the same objects.
properties = dict(line.split("=", 1) for line in (ROOT / "k8s/base/config.env").read_text().splitlines()
                  if line and not line.startswith("#"))
same = {"image": {"repository": "dumpkeeper"}, "existingSecret": "dumpkeeper", "service": {"usersSecret": "dumpkeeper-users"},
        "config": {**properties, "dumpkeeper": None}, "networkPolicy": {"wholeNamespace": True}}
watched = {"serviceMonitor": {"enabled": True, "namespace": "monitor"}, "prometheusRule": {"enabled": True, "namespace": "monitor"},
           "dashboard": {"enabled": True, "namespace": "monitor"}}
equal("cronjob", load(BUILT / "cronjob.yaml"), render("as-cronjob", merged(same, {"mode": "cronjob"})))
equal("service", load(BUILT / "service.yaml"), render("as-service", merged(same, {"mode": "service"})))
monitored = [m for m in render("as-both", merged(same, watched, {"mode": "both"})) if m["metadata"]["namespace"] == "monitor"]
equal("monitoring", load(BUILT / "monitoring.yaml"), monitored)
example = load(ROOT / "k8s/service/ingress.example.yaml")
ingress = {"ingress": {"enabled": True, "className": "nginx", "hosts": ["dumps.example.com"],
                       "tls": [{"hosts": ["dumps.example.com"], "secretName": "dumps-example-com-tls"}]}}
equal("Ingress", example, [m for m in render("ingress", merged(same, ingress, {"mode": "service"})) if m["kind"] == "Ingress"])

# 2. Each mode makes what belongs to it, and the least that is needed is enough.
modes = {"cronjob": {"CronJob"}, "service": {"Deployment", "Service", "PodDisruptionBudget"}}
modes["both"] = modes["cronjob"] | modes["service"]
for mode, kinds in modes.items():
    objects = render("mode-" + mode, merged(MINIMUM, {"mode": mode}))
    found = {m["kind"] for m in objects}
    expect(found == kinds | {"ConfigMap", "ServiceAccount", "NetworkPolicy", "Pod"}, "mode %s makes %s" % (mode, sorted(found)))
    data = one(objects, "ConfigMap")["data"]
    expect((data.get("dumpkeeper.schedule.maintenance") == "-") == (mode == "both"), "mode %s: who makes the passes? %s" % (mode, data))
    test = one(objects, "Pod")
    expect(test["spec"]["containers"][0]["args"] == ["run", "maintenance", "--dry-run"], "the test is not a dry run")
    expect(test["metadata"]["annotations"]["helm.sh/hook"] == "test", "the dry run is no test hook")
    expect(test["metadata"]["labels"]["app.kubernetes.io/component"] == "test", "the test would get the service's traffic")
    alerts = {rule["alert"] for group in one(render("rules-" + mode, merged(MINIMUM, {"mode": mode, "prometheusRule": {"enabled": True}})),
                                             "PrometheusRule")["spec"].get("groups", []) for rule in group["rules"]}
    expect(("DumpkeeperSilent" in alerts) == (mode != "cronjob"), "mode %s: DumpkeeperSilent" % mode)
    expect(("DumpkeeperCronJobLate" in alerts) == (mode != "service"), "mode %s: DumpkeeperCronJobLate" % mode)
    expect("JfsdataAlmostFull" in alerts, "mode %s: JfsdataAlmostFull" % mode)
expect(not [m for m in render("single", merged(MINIMUM, {"mode": "service", "service": {"replicas": 1}}))
            if m["kind"] == "PodDisruptionBudget"], "one replica could never be evicted")
scaled = merged(MINIMUM, {"mode": "service", "service": {"replicas": 1}, "autoscaling": {"enabled": True, "minReplicas": 3}})
objects = render("scaled", scaled)
scale = one(objects, "HorizontalPodAutoscaler")["spec"]
expect((scale.get("minReplicas"), scale.get("maxReplicas")) == (3, 4), "the autoscaler's replicas")
expect(scale.get("scaleTargetRef", {}).get("name") == one(objects, "Deployment")["metadata"]["name"], "the autoscaler scales another")
expect("replicas" not in one(objects, "Deployment")["spec"], "each upgrade would undo what the autoscaler did")
one(objects, "PodDisruptionBudget")
expect([metric["type"] for metric in scale["metrics"]] == ["Resource"], "an external metric that nobody asked for")
shares = one(render("scaled-by-shares", merged(scaled, {"autoscaling": {"targetWaitingShares": 4}})), "HorizontalPodAutoscaler")
example = yaml.safe_load((ROOT / "k8s/service/autoscaler.example.yaml").read_text())
expect([m for m in shares["spec"]["metrics"] if m["type"] == "External"]
       == [m for m in example["spec"]["metrics"] if m["type"] == "External"], "the metric of waiting shares is not the example's")
one_scaled = render("one-scaled", merged(scaled, {"service": {"replicas": 2}, "autoscaling": {"minReplicas": 1}}))
expect(not [m for m in one_scaled if m["kind"] == "PodDisruptionBudget"], "one replica could never be evicted")
expect(not [m for m in render("scaled-cronjob", merged(scaled, {"mode": "cronjob"})) if m["kind"] == "HorizontalPodAutoscaler"],
       "an autoscaler of nothing")
expect(not [m for m in render("open", merged(MINIMUM, {"networkPolicy": {"enabled": False}})) if m["kind"] == "NetworkPolicy"],
       "networkPolicy.enabled is not heeded")
out = one(render("no-database", merged(MINIMUM, {"networkPolicy": {"database": {"to": []}}})), "NetworkPolicy", "dumpkeeper-out")
expect(not [rule for rule in out["spec"]["egress"] if not rule.get("to")], "an empty list of peers means everybody")

# The console: people sign in at a provider, by values of their own.
sign_in = merged(MINIMUM, {"mode": "both", "config": {"dumpkeeper": {"public-url": "https://dumps.example.com/"}}, "console": {"oidc": {
    "issuer": "https://login.example.com/realms/staff", "clientId": "dumpkeeper", "operators": ["oncall", "sre"], "viewers": ["dev"]}}})
own_secret = {"console": {"analyzerUrl": "https://analyze.example.com/?dump={url}", "oidc": {
    "clientSecret": {"name": "login", "key": "password"}, "rolesClaim": "realm_access.roles"}},
    "networkPolicy": {"oidc": {"to": [{"ipBlock": {"cidr": "192.0.2.7/32"}}], "ports": [8443]}}}
objects = render("sign-in", sign_in)
data = one(objects, "ConfigMap")["data"]
for key, value in {"issuer": "https://login.example.com/realms/staff", "client-id": "dumpkeeper", "operators": "oncall,sre", "viewers": "dev",
                   "roles-claim": "groups", "name-claim": "preferred_username", "client-secret": None}.items():
    expect(data.get("dumpkeeper.console.oidc." + key) == value, "console.oidc: %s became %r" % (key, data.get("dumpkeeper.console.oidc." + key)))
expect(not [m for m in objects if m["metadata"]["name"] == "dumpkeeper-sign-in"], "a policy for no provider")
objects = render("sign-in-own-secret", merged(sign_in, own_secret))
data = one(objects, "ConfigMap")["data"]
expect(data.get("dumpkeeper.console.oidc.roles-claim") == "realm_access.roles", "console.oidc.rolesClaim")
expect(data.get("dumpkeeper.console.analyzer-url") == "https://analyze.example.com/?dump={url}", "console.analyzerUrl")
password = {"secret": {"name": "login", "items": [{"key": "password", "path": "dumpkeeper.console.oidc.client-secret"}]}}
for kind, pod, wanted in (("Deployment", lambda m: m["spec"]["template"], True), ("Pod", lambda m: m, False),
                          ("CronJob", lambda m: m["spec"]["jobTemplate"]["spec"]["template"], False)):
    sources = pod(one(objects, kind))["spec"]["volumes"][0]["projected"]["sources"]
    expect((password in sources) == wanted, "%s: the client's password is %s" % (kind, sources))
rule = one(objects, "NetworkPolicy", "dumpkeeper-sign-in")["spec"]
expect(rule.get("podSelector", {}).get("matchLabels", {}).get("app.kubernetes.io/component") == "service", "passes reach the provider")
expect(rule.get("egress") == [{"to": [{"ipBlock": {"cidr": "192.0.2.7/32"}}], "ports": [{"protocol": "TCP", "port": 8443}]}],
       "networkPolicy.oidc became %s" % rule.get("egress"))

# 3. Everything at once fits its type.
everything = merged(MINIMUM, watched, ingress, {
    "mode": "both", "image": {"digest": "sha256:" + "0" * 64, "pullPolicy": "Always", "pullSecrets": [{"name": "pull"}]},
    "service": {"usersSecret": "users", "annotations": {"a": "b"}, "topologySpreadConstraints": [
        {"maxSkew": 2, "topologyKey": "zone", "whenUnsatisfiable": "DoNotSchedule", "labelSelector": {}}]},
    "autoscaling": {"enabled": True}, "cronjob": {"suspend": True}, "podDisruptionBudget": {"minAvailable": "50%"},
    "networkPolicy": {"extraEgress": [{"to": [{"ipBlock": {"cidr": "192.0.2.0/24"}}]}]},
    "httpRoute": {"enabled": True, "parentRefs": [{"name": "gateway", "namespace": "edge", "sectionName": "https"}],
                  "hostnames": ["dumps.example.com"], "annotations": {"c": "d"}},
    "serviceAccount": {"name": "own", "annotations": {"e": "f"}},
    "commonLabels": {"team": "sre", "app.kubernetes.io/name": "other"}, "commonAnnotations": {"g": "h"},
    "podLabels": {"app.kubernetes.io/instance": "other", "i": "j"}, "podAnnotations": {"k": "l"},
    "priorityClassName": "high", "nodeSelector": {"disk": "ssd"}, "tolerations": [{"operator": "Exists"}],
    "affinity": {"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": [
        {"matchExpressions": [{"key": "a", "operator": "Exists"}]}]}}},
    "extraEnv": [{"name": "JAVA_TOOL_OPTIONS", "value": "-Djavax.net.ssl.trustStore=/etc/ca/ca.p12"}],
    "extraVolumes": [{"name": "ca", "configMap": {"name": "internal-ca"}}],
    "extraVolumeMounts": [{"name": "ca", "mountPath": "/etc/ca", "readOnly": True}],
    "extraObjects": [{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "{{ .Release.Name }}-more"}}],
})
objects = render("everything", everything, release="all")
expect([m for m in objects if m["metadata"]["name"] == "all-more"], "extraObjects are no templates")
for m in objects:
    labels = m["metadata"].get("labels", {})
    expect(m["metadata"]["name"] == "all-more" or labels.get("team") == "sre", "%s lacks the common label" % m["kind"])
    expect(m["metadata"]["name"] == "all-more" or m["metadata"].get("annotations", {}).get("g") == "h",
           "%s lacks the common annotation" % m["kind"])
    template = {"Deployment": lambda: m["spec"]["template"], "CronJob": lambda: m["spec"]["jobTemplate"]["spec"]["template"],
                "Pod": lambda: m}.get(m["kind"], lambda: None)()
    if template:
        expect(template["metadata"]["labels"]["app.kubernetes.io/instance"] == "all", "%s: podLabels take the selector's place" % m["kind"])
        expect(template["metadata"]["labels"]["app.kubernetes.io/name"] == "dumpkeeper", "%s: commonLabels take the selector's place" % m["kind"])
        expect(template["metadata"]["labels"]["i"] == "j" and template["metadata"]["annotations"]["k"] == "l", m["kind"] + ": pod labels")
        container = template["spec"]["containers"][0]
        expect({"name": "ca", "mountPath": "/etc/ca", "readOnly": True} in container["volumeMounts"], m["kind"] + ": extraVolumeMounts")
        expect(everything["extraEnv"][0] in container["env"], m["kind"] + ": extraEnv")
        expect(container["image"].endswith("dumpkeeper@sha256:" + "0" * 64), m["kind"] + ": the digest")
        expect(not any("secretKeyRef" in str(variable) for variable in container["env"]), m["kind"] + ": a secret in the environment")
expect(one(objects, "PrometheusRule")["spec"]["groups"][1]["rules"], "no alerts")
expect("cronjob=\"all-dumpkeeper\"" in str(one(objects, "PrometheusRule")["spec"]), "DumpkeeperCronJobLate asks for another CronJob")

# 4. What people write becomes the property, to the letter.
odd = {"quote": 'a "b" \\ \'c\'', "braces": "{{ .Values }}", "lines": "a\nb\n", "yes": "yes", "octal": "0123", "null": "null",
       "hash": "a # b", "angle": "<a & b>", "chinese": "堆转储", "empty": "", "spaces": "  a  "}
data = one(render("odd", merged(MINIMUM, {"config": {"odd": odd, "count": 50000000, "share": 0.8, "on": True, "off": False,
                                                     "list": ["a", 2, True], "flat.name": "x", "gone": None,
                                                     "dumpkeeper": {"retention": {"notice": None}}}})), "ConfigMap")["data"]
for key, value in odd.items():
    expect(data.get("odd." + key) == value, "odd.%s became %r" % (key, data.get("odd." + key)))
for key, value in {"count": "50000000", "share": "0.8", "on": "true", "off": "false", "list": "a,2,true", "flat.name": "x"}.items():
    expect(data.get(key) == value, "%s became %r" % (key, data.get(key)))
expect("gone" not in data and "dumpkeeper.retention.notice" not in data, "null does not take a property away")
expect(data["dumpkeeper.schedule.zone"] == "Asia/Shanghai", "timeZone does not become a property")
other = one(render("zone", merged(MINIMUM, {"config": {"dumpkeeper": {"schedule": {"zone": "UTC"}}}})), "ConfigMap")["data"]
expect(other["dumpkeeper.schedule.zone"] == "UTC", "timeZone goes before config")

# 5. What cannot be right is refused, and the word that helps is said.
refused("nothing", {}, "existingSecret")
refused("no image", {"existingSecret": "a"}, "image.repository")
refused("no secret", {"image": {"repository": "a"}}, "existingSecret")
refused("an unknown key", merged(MINIMUM, {"replicas": 2}), "replicas")
refused("an unknown key within", merged(MINIMUM, {"cronjob": {"shedule": "* * * * *"}}), "shedule")
refused("an unknown mode", merged(MINIMUM, {"mode": "daemon"}), "mode")
refused("an empty mode", merged(MINIMUM, {"mode": ""}), "mode")
refused("an empty schedule", merged(MINIMUM, {"cronjob": {"schedule": ""}}), "schedule")
refused("a text for a number", merged(MINIMUM, {"service": {"replicas": "2"}}), "replicas")
refused("replicas below zero", merged(MINIMUM, {"service": {"replicas": -1}}), "replicas")
refused("a word for a switch", merged(MINIMUM, {"ingress": {"enabled": "yes"}}), "enabled")
refused("half a digest", merged(MINIMUM, {"image": {"digest": "sha256:12"}}), "digest")
refused("a port that is none", merged(MINIMUM, {"networkPolicy": {"database": {"ports": [0]}}}), "ports")
refused("a name that no file has", merged(MINIMUM, {"config": {"a/b": "c"}}), "a/b")
refused("a property set twice", merged(MINIMUM, {"config": {"a": {"b": 1}, "a.b": 2}}), "config.a.b", "twice")
refused("a comma in a list", merged(MINIMUM, {"config": {"a": ["b,c"]}}), "config.a", "comma")
refused("links without the service", merged(MINIMUM, ingress, {"mode": "cronjob"}), "ingress.enabled")
refused("an Ingress for all hosts", merged(MINIMUM, {"mode": "service", "ingress": {"enabled": True}}), "ingress.hosts")
refused("a route of no Gateway", merged(MINIMUM, {"mode": "service", "httpRoute": {"enabled": True}}), "httpRoute.parentRefs")
refused("fewer at most than at least", merged(scaled, {"autoscaling": {"maxReplicas": 2}}), "autoscaling.maxReplicas")
refused("no replica at least", merged(scaled, {"autoscaling": {"minReplicas": 0}}), "minReplicas")
refused("a sign-in without the service", merged(sign_in, {"mode": "cronjob"}), "console.oidc.issuer")
refused("a provider without TLS", merged(sign_in, {"console": {"oidc": {"issuer": "http://login.example.com"}}}), "issuer")
refused("a provider that no client is named at", merged(sign_in, {"console": {"oidc": {"clientId": ""}}}), "console.oidc.clientId")
refused("a sign-in for nobody", merged(sign_in, {"console": {"oidc": {"operators": [], "viewers": []}}}), "console.oidc.operators")
refused("a provider named twice", merged(sign_in, {"config": {"dumpkeeper.console.oidc.issuer": "https://a"}}), "oidc.issuer", "twice")
refused("an analyzer that is told no dump", merged(MINIMUM, {"console": {"analyzerUrl": "https://a.example.com"}}), "analyzerUrl")
refused("metrics without a user", merged(MINIMUM, watched, {"mode": "service"}), "service.usersSecret")
refused("a Service whose name begins with a digit", MINIMUM, "fullnameOverride", release="1st")
refused("a name with capitals", merged(MINIMUM, {"fullnameOverride": "Dumpkeeper"}), "fullnameOverride")
refused("a name with a dot", merged(MINIMUM, {"nameOverride": "a.b"}), "nameOverride")
for secret in ("dumpkeeper.gateway.secret-key", "dumpkeeper.gateway.accessKey", "spring.datasource.password", "dumpkeeper.hook.token",
               "dumpkeeper.wecom.webhook_url", "dumpkeeper.heartbeat.url", "dumpkeeper.metadata.password",
               "dumpkeeper.console.oidc.client-secret"):
    refused("the secret " + secret, merged(MINIMUM, {"config": {secret: "hunter2"}}), "config." + secret, "existingSecret")
    expect("hunter2" not in helm(merged(MINIMUM, {"config": {secret: "hunter2"}})).stderr, "the value of %s is shown" % secret)

# 6. However long the names are, and beside another release.
LABEL = re.compile(r"^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$")
NAME = re.compile(r"^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$")


def labels_of(node):
    if isinstance(node, dict):
        for key, value in node.items():
            if key in ("labels", "matchLabels") and isinstance(value, dict):
                yield from value.items()
            yield from labels_of(value)
    elif isinstance(node, list):
        for value in node:
            yield from labels_of(value)


watched_users = merged(watched, {"mode": "both", "service": {"usersSecret": "users"}})
for name, values, release in (("long-release", {}, "r" * 53), ("dotted-release", {}, "a.b.c"), ("long-name", {"nameOverride": "n" * 70}, "release"),
                              ("long-fullname", {"fullnameOverride": "f" * 200}, "release"),
                              ("cut-at-a-dash", {"fullnameOverride": ("a" * 51 + "-") + "b" * 10 + "-" + "c" * 30}, "release")):
    objects = render(name, merged(MINIMUM, watched_users, ingress, values), release=release)
    names = [(m["kind"], m["metadata"]["namespace"], m["metadata"]["name"]) for m in objects]
    expect(len(names) == len(set(names)), "%s: two objects have one name: %s" % (name, sorted(names)))
    for m in objects:
        expect(NAME.match(m["metadata"]["name"]), "%s: %s" % (name, m["metadata"]["name"]))
        expect(m["kind"] != "CronJob" or len(m["metadata"]["name"]) <= 52, "%s: Kubernetes refuses %s" % (name, m["metadata"]["name"]))
        for key, value in labels_of(m):
            expect(isinstance(value, str) and LABEL.match(value), "%s: label %s: %r" % (name, key, value))
first, second = (render("release-" + name, merged(MINIMUM, watched_users), release=name) for name in ("one", "two"))
expect(not {(m["kind"], m["metadata"]["name"]) for m in first} & {(m["kind"], m["metadata"]["name"]) for m in second},
       "two releases share an object")
for m in first:
    for selector in [m.get("spec", {}).get("selector", {}), m.get("spec", {}).get("podSelector", {})]:
        if selector:
            expect(selector.get("matchLabels", selector)["app.kubernetes.io/instance"] == "one", "%s selects another release's pods" % m["kind"])

# 7. What Helm itself says, and what people read.
done = subprocess.run(["helm", "lint", "--strict", str(CHART)], capture_output=True, text=True)
expect(done.returncode == 0, "helm lint: " + done.stdout + done.stderr)
# Only an installation shows NOTES.txt, and that asks a cluster, so it becomes the text of a ConfigMap here.
noted = WORK / "noted"
shutil.rmtree(noted, ignore_errors=True)
shutil.copytree(CHART, noted)
text = (noted / "templates/NOTES.txt").read_text()
(noted / "templates/_notes.tpl").write_text('{{ define "notes" }}%s{{ end }}' % text)
(noted / "templates/notes.yaml").write_text("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: notes}\n"
                                            "data: {notes: {{ include \"notes\" . | toJson }}}\n")


def notes_of(values):
    done = helm(values, chart=noted)
    expect(done.returncode == 0, "NOTES.txt is not rendered: " + done.stderr[-600:])
    return one([m for m in yaml.safe_load_all(done.stdout) if m], "ConfigMap", "notes")["data"].get("notes", "")


notes = notes_of(merged(MINIMUM, {"mode": "both"}))
(WORK / "notes.txt").write_text(notes)
expect("https://dumps.example.com/console/sign-in/oidc/callback" in notes_of(sign_in), "NOTES.txt does not say what to register")
expect("! config.dumpkeeper.public-url" in notes_of(merged(sign_in, {"config": {"dumpkeeper": {"public-url": None}}})),
       "NOTES.txt does not say that public-url is missing")
for words in ("helm test dumpkeeper -n dumpkeeper", "create job --from=cronjob/dumpkeeper by-hand", "deployment/dumpkeeper",
              "! config.spring.datasource.url", "! service.usersSecret", "pod-security.kubernetes.io/enforce=restricted"):
    expect(words in notes, "NOTES.txt does not say: %s\n%s" % (words, notes))
version = re.search(r"^\t<version>(.*?)(-SNAPSHOT)?</version>", (ROOT / "pom.xml").read_text(), re.M).group(1)
chart = yaml.safe_load((CHART / "Chart.yaml").read_text())
expect(chart["version"] == chart["appVersion"] == version, "Chart.yaml and pom.xml have different versions")

# 8. What is installed can be upgraded. charts/previous keeps what the release before had: its values, and what of its objects
# Kubernetes does not let anybody change, or others rely on.
PREVIOUS = ROOT / "charts/previous"
# Objects that were taken away on purpose, each with the reason.
GONE = {}


def lasting(objects):
    """Kind and name of each object, with what has to stay."""
    result = {}
    for m in objects:
        if "helm.sh/hook" not in m["metadata"].get("annotations", {}):
            own = result["%s/%s" % (m["kind"], m["metadata"]["name"])] = {}
            if m["kind"] == "Deployment":
                own["selector"] = m["spec"]["selector"]
            if m["kind"] == "Service":
                own["ports"] = sorted([port["port"], port["name"]] for port in m["spec"]["ports"])
                own["clusterIP"] = m["spec"].get("clusterIP")
            if m["kind"] == "CronJob":
                own["container"] = m["spec"]["jobTemplate"]["spec"]["template"]["spec"]["containers"][0]["name"]
    return result


def broken(before, after):
    """What an upgrade from one to the other would be refused for, or would break."""
    for name, own in before.items():
        if name not in after:
            if name not in GONE:
                yield "%s is gone" % name
        elif name.startswith("Service/") and own["clusterIP"] == after[name]["clusterIP"]:
            for port in own["ports"]:
                if port not in after[name]["ports"]:
                    yield "%s has no port %s any more" % (name, port)
        elif own != after[name]:
            yield "%s: %s became %s" % (name, own, after[name])


now = {mode: lasting(render("upgrade-" + mode, merged(MINIMUM, watched_users, ingress, {"mode": mode}, {
    "serviceMonitor": {"enabled": mode != "cronjob"}, "ingress": {"enabled": mode != "cronjob"}}))) for mode in modes}
if "--released" in sys.argv:
    PREVIOUS.mkdir(exist_ok=True)
    (PREVIOUS / "objects.json").write_text(json.dumps(now, indent=1, sort_keys=True) + "\n")
    shutil.copy(CHART / "values.yaml", PREVIOUS / "values.yaml")
before = json.loads((PREVIOUS / "objects.json").read_text())
for mode in before:
    for text in broken(before[mode], now.get(mode, {})):
        wrong.append("upgrade, %s: %s" % (mode, text))
    # What would be found, is found.
    for name in before[mode]:
        other = copy.deepcopy(before[mode])
        del other[name]
        expect(list(broken(before[mode], other)), "nobody would see that %s is gone" % name)
        for part in before[mode][name]:
            other = copy.deepcopy(before[mode])
            other[name][part] = [] if part == "ports" else "other"
            expect(list(broken(before[mode], other)), "nobody would see another %s of %s" % (part, name))
old_values = yaml.safe_load((PREVIOUS / "values.yaml").read_text())
# helm upgrade --reuse-values knows no default of the new chart: what it brings is absent.
reused = WORK / "reused"
shutil.rmtree(reused, ignore_errors=True)
shutil.copytree(CHART, reused)
shutil.copy(PREVIOUS / "values.yaml", reused / "values.yaml")
for mode in modes:
    # A values file that wrote down every default of its time.
    kept = lasting(render("values-of-before-" + mode, merged(old_values, MINIMUM, {"mode": mode})))
    done = helm(merged(MINIMUM, {"mode": mode}), chart=reused)
    expect(done.returncode == 0, "upgrade --reuse-values, %s: %s" % (mode, done.stderr.strip()[-600:]))
    if done.returncode == 0:
        found = lasting(m for m in yaml.safe_load_all(done.stdout) if m)
        expect(found == kept, "upgrade --reuse-values, %s: %s instead of %s" % (mode, sorted(found), sorted(kept)))

done = subprocess.run([sys.executable, str(ROOT / "k8s/checks/manifests.py"), *map(str, rendered)], capture_output=True, text=True)
expect(done.returncode == 0, done.stdout + done.stderr)
print("\n".join(wrong) or "%d renderings, %s" % (len(rendered), done.stdout.strip()))
sys.exit(1 if wrong else 0)
