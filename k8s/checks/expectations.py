"""What the schemas do not know: the hardening, and that pods find what they name."""
import pathlib
import sys

import yaml

wrong = []


def expect(truth, text):
    if not truth:
        wrong.append(text)


for path in sys.argv[1:]:
    manifests = [m for m in yaml.safe_load_all(pathlib.Path(path).read_text()) if m]
    named = {(m["kind"], m["metadata"]["name"]) for m in manifests}
    expect(any(m["kind"] == "Namespace" and m["metadata"]["labels"]["pod-security.kubernetes.io/enforce"] == "restricted"
               for m in manifests), path + ": the namespace does not enforce restricted")
    expect(any(m["kind"] == "NetworkPolicy" and m["spec"]["podSelector"] == {} and "egress" not in m["spec"]
               and "ingress" not in m["spec"] for m in manifests), path + ": nothing denies by default")
    expect(not any(m["kind"].endswith("Binding") for m in manifests), path + ": the service account may do something")
    for m in manifests:
        if m["kind"] == "CronJob":
            job = m["spec"]["jobTemplate"]["spec"]
            template = job["template"]
            expect(m["spec"]["concurrencyPolicy"] == "Forbid", "CronJob: not Forbid")
            expect(m["spec"]["startingDeadlineSeconds"] > 10, "CronJob: no startingDeadlineSeconds")
            expect(job["activeDeadlineSeconds"] < 6 * 3600, "CronJob: a run may outlast the next one's start")
            codes = [(code, rule["action"]) for rule in job["podFailurePolicy"]["rules"]
                     for code in rule.get("onExitCodes", {}).get("values", [])]
            expect(dict(codes) == {2: "FailJob", 3: "FailJob", 4: "FailJob", 8: "FailJob", 5: "Ignore", 143: "Ignore"},
                   "CronJob: podFailurePolicy %s" % codes)
            expect(template["spec"]["restartPolicy"] == "Never", "CronJob: podFailurePolicy requires Never")
        elif m["kind"] == "Deployment":
            template = m["spec"]["template"]
            container = template["spec"]["containers"][0]
            expect(m["spec"]["replicas"] == 2, "Deployment: not two replicas")
            expect({"startupProbe", "livenessProbe", "readinessProbe"} <= container.keys(), "Deployment: a probe is missing")
            drain = container["lifecycle"]["preStop"]["sleep"]["seconds"] + 10
            expect(template["spec"]["terminationGracePeriodSeconds"] > drain, "Deployment: no time to drain")
        elif m["kind"] == "Ingress":
            expect(False, "an Ingress is part of a kustomization")
            continue
        else:
            continue
        spec = template["spec"]
        expect(spec["automountServiceAccountToken"] is False, m["kind"] + ": a token is mounted")
        expect(spec["securityContext"]["runAsNonRoot"] is True, m["kind"] + ": may be root")
        expect(spec["securityContext"]["seccompProfile"]["type"] == "RuntimeDefault", m["kind"] + ": seccomp")
        for container in spec["containers"] + spec.get("initContainers", []):
            security = container["securityContext"]
            expect(security["readOnlyRootFilesystem"] is True, m["kind"] + ": root file system is writable")
            expect(security["allowPrivilegeEscalation"] is False, m["kind"] + ": escalation")
            expect(security["capabilities"]["drop"] == ["ALL"], m["kind"] + ": capabilities")
            expect("memory" in container["resources"]["limits"], m["kind"] + ": no memory limit")
            # A name that lost its checksum would find an older object or none.
            expect(not any("secretKeyRef" in str(variable) for variable in container.get("env", [])),
                   m["kind"] + ": a secret is in the environment")
        expect({"name": "scratch", "mountPath": "/scratch"} in spec["containers"][0]["volumeMounts"],
               m["kind"] + ": no /scratch for who holds a heap")
        for volume in spec["volumes"]:
            expect("sizeLimit" in volume.get("emptyDir", {"sizeLimit": ""}), m["kind"] + ": an emptyDir without a limit")
            for source in volume.get("projected", {}).get("sources", []) + [volume]:
                for kind, key in (("ConfigMap", "configMap"), ("Secret", "secret")):
                    if key in source:
                        name = source[key].get("name") or source[key]["secretName"]
                        expect((kind, name) in named, "%s: no %s %s" % (m["kind"], kind, name))
                        expect(len(name.rsplit("-", 1)[-1]) == 10, "%s: %s has no checksum" % (kind, name))
print("\n".join(wrong) or "as it has to be")
sys.exit(1 if wrong else 0)
