"""Holds manifests against the schemas of their types, and refuses fields that these do not have.

Kubernetes' own types come with kubernetes-validate (PyPI), those of the Prometheus operator from crds.json beside
this file, which keeps the structure of its CustomResourceDefinitions (Apache License 2.0) without their words. Of the
Gateway API's HTTPRoute only the fields that the chart writes are known here; whatever else stands in one is refused.
"""
import json
import pathlib
import sys

import jsonschema
import kubernetes_validate
import yaml

VERSION = "1.35"
CRDS = json.loads((pathlib.Path(__file__).parent / "crds.json").read_text())


def fields(required, **properties):
    return {"type": "object", "additionalProperties": False, "required": required, "properties": properties}


def some(items):
    return {"type": "array", "minItems": 1, "maxItems": 16, "items": items}


TEXT = {"type": "string", "minLength": 1, "maxLength": 253}
PORT = {"type": "integer", "minimum": 1, "maximum": 65535}
CRDS["gateway.networking.k8s.io/v1/HTTPRoute"] = fields(
    ["spec"], apiVersion={"type": "string"}, kind={"type": "string"}, metadata={"type": "object"},
    spec=fields([], parentRefs=some(fields(["name"], group=TEXT, kind=TEXT, namespace=TEXT, name=TEXT, sectionName=TEXT, port=PORT)),
                hostnames=some(TEXT),
                rules=some(fields([], matches=some(fields([], path=fields(
                    [], type={"enum": ["Exact", "PathPrefix", "RegularExpression"]}, value={"type": "string", "pattern": "^/"}))),
                                  backendRefs=some(fields(["name", "port"], name=TEXT, namespace=TEXT, port=PORT,
                                                          weight={"type": "integer"}))))))


class Loader(yaml.SafeLoader):
    """Refuses a key that stands twice."""


def mapping(loader, node):
    loader.flatten_mapping(node)
    seen = set()
    for key, _ in node.value:
        if key.value in seen:
            raise yaml.YAMLError("%s stands twice, line %d" % (key.value, key.start_mark.line + 1))
        seen.add(key.value)
    return yaml.SafeLoader.construct_mapping(loader, node, deep=True)


Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, mapping)
# As Kubernetes reads it: yes and no are words.
Loader.yaml_implicit_resolvers = {first: [(tag, rx) for tag, rx in resolvers if tag != "tag:yaml.org,2002:timestamp"]
                                  for first, resolvers in Loader.yaml_implicit_resolvers.items()}


def problem(manifest):
    """What is wrong with it, or None."""
    kind = "%s/%s" % (manifest.get("apiVersion"), manifest.get("kind"))
    name = manifest.get("metadata", {}).get("name", "?")
    try:
        if kind in CRDS:
            jsonschema.Draft7Validator(CRDS[kind]).validate(manifest)
        elif kind == "apiextensions.k8s.io/v1/CustomResourceDefinition":
            pass
        else:
            kubernetes_validate.validate(manifest, VERSION, strict=True)
    except (jsonschema.ValidationError, kubernetes_validate.ValidationError) as wrong:
        return "%s %s: %s at %s" % (kind, name, wrong.message, "/".join(map(str, getattr(wrong, "path", ""))))
    except kubernetes_validate.SchemaNotFoundError as wrong:
        return "%s %s: no schema: %s" % (kind, name, wrong)
    return None


def self_test():
    wrong = [
        {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "a"}, "spec": {"prots": []}},
        {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "a"},
         "spec": {"replicas": "2", "selector": {}, "template": {}}},
        {"apiVersion": "monitoring.coreos.com/v1", "kind": "PodMonitor", "metadata": {"name": "a"},
         "spec": {"selector": {}, "endpoints": []}},
        {"apiVersion": "example.com/v1", "kind": "Unknown", "metadata": {"name": "a"}},
        {"apiVersion": "gateway.networking.k8s.io/v1", "kind": "HTTPRoute", "metadata": {"name": "a"},
         "spec": {"parentRefs": [{"name": "a"}], "hosts": ["a"]}},
    ]
    return [str(manifest) for manifest in wrong if problem(manifest) is None]


if sys.argv[1:] == ["--self-test"]:
    missed = self_test()
    print("\n".join(missed))
    sys.exit(1 if missed else 0)

count, problems = 0, []
for path in sys.argv[1:]:
    for manifest in yaml.load_all(pathlib.Path(path).read_text(), Loader):
        if manifest:
            count += 1
            problems.append(problem(manifest))
problems = [text for text in problems if text]
print("\n".join(problems) or "%d manifests" % count)
sys.exit(1 if problems or not count else 0)
