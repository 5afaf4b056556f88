"""Who is measured: each contender turns a fresh gateway into a command line and an environment."""

import os
import re
import shutil
import subprocess
import threading

import lab
import volume

DATABASE = "dumpkeeper"


class Contender:
    """One column of the table. `note` says in words what it does."""

    def __init__(self, name, note, command):
        self.name, self.note, self.command = name, note, command


def base_env(home):
    """What every contender inherits: nothing of the caller's own configuration."""
    return {"PATH": os.environ.get("PATH", ""), "HOME": home, "LANG": "C.UTF-8", "TZ": "UTC",
            "TMPDIR": os.environ.get("TMPDIR", "/tmp")}


def mc(binary, jobs=1):
    def command(gateway, home):
        env = base_env(home)
        env.update(MC=binary, MC_CONFIG_DIR=os.path.join(home, "mc"), MC_JOBS=str(jobs), PREFIX=gateway.prefix, MC_HOST_lab=
                   gateway.endpoint.replace("://", "://%s:%s@" % (lab.ACCESS_KEY, lab.SECRET_KEY)))
        pvcs = " ".join(volume.pvc(i) for i in range(volume.PVCS))
        if jobs == 1:
            script = ('set -e; for p in %s; do "$MC" du lab/$p/$PREFIX; done; '
                      'for p in %s; do "$MC" rm --quiet --recursive --force --older-than 2d lab/$p/dumpfiles/; done'
                      % (pvcs, pvcs))
        else:
            script = ('set -e; for p in %s; do echo $p; done | xargs -P "$MC_JOBS" -I@ "$MC" du lab/@/$PREFIX; '
                      'for p in %s; do echo $p; done | xargs -P "$MC_JOBS" -I@ '
                      '"$MC" rm --quiet --recursive --force --older-than 2d lab/@/dumpfiles/' % (pvcs, pvcs))
        return ["sh", "-c", script], env
    return command


# --use-server-modtime spares a HEAD for every object; --fast-list lists a bucket at one go;
# rclone deletes singly, and its parallel deletes are the checkers.
RCLONE_FLAGS = ["--fast-list", "--use-server-modtime", "--checkers", "16", "--transfers", "16"]


def rclone(binary, flags):
    def command(gateway, home):
        env = base_env(home)
        env.update(RCLONE=binary, RCLONE_CONFIG=os.path.join(home, "rclone.conf"), RCLONE_CONFIG_LAB_TYPE="s3",
                   RCLONE_CONFIG_LAB_PROVIDER="Minio", RCLONE_CONFIG_LAB_ENDPOINT=gateway.endpoint,
                   RCLONE_CONFIG_LAB_ACCESS_KEY_ID=lab.ACCESS_KEY, RCLONE_CONFIG_LAB_REGION="us-east-1",
                   RCLONE_CONFIG_LAB_SECRET_ACCESS_KEY=lab.SECRET_KEY)
        # One process for all volumes; `minio` is listed by the gateway and refuses everything.
        script = ('set -e; "$RCLONE" size lab: --exclude "/minio/**" "$@"; '
                  '"$RCLONE" delete lab: --filter "- /minio/**" --filter "+ /*/dumpfiles/**" --filter "- **" --min-age 2d "$@"')
        return ["sh", "-c", script, "rclone"] + flags, env
    return command


FLOOR_JVM = ["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m"]


def floor(java, classes, settings):
    def command(gateway, home):
        env = base_env(home)
        env.update(ENDPOINT=gateway.endpoint, ACCESS_KEY=lab.ACCESS_KEY, SECRET_KEY=lab.SECRET_KEY)
        return [java] + FLOOR_JVM + ["-cp", classes, "Floor", "prefix=" + gateway.prefix] + settings, env
    return command


def compile_floor(java, source, classes):
    javac = beside(java, "javac")
    if not javac:
        raise lab.Failure("javac is missing: bench/run needs a JDK, not only a JRE (JAVA=%s)" % java)
    subprocess.run([javac, "--release", "17", "-d", classes, source], check=True, timeout=120)
    return classes


def beside(java, tool):
    """A tool of the same JDK, or the one on PATH."""
    found = os.path.join(os.path.dirname(os.path.realpath(java)), tool)
    return found if os.path.exists(found) else shutil.which(tool)


def dumpkeeper(java, flags, jar, job="maintenance", metadata=False):
    def command(gateway, home):
        env = base_env(home)
        if metadata:  # and nothing else: a listing by the gateway would be another contender's
            env.update(DUMPKEEPER_SCAN_SOURCE="metadata", DUMPKEEPER_METADATA_URL=gateway.database.jdbc(gateway.META),
                       DUMPKEEPER_METADATA_USERNAME=lab.DB_USER, DUMPKEEPER_METADATA_PASSWORD=lab.DB_PASSWORD)
        env.update(DUMPKEEPER_GATEWAY_ENDPOINT=gateway.endpoint, DUMPKEEPER_GATEWAY_ACCESSKEY=lab.ACCESS_KEY,
                   DUMPKEEPER_GATEWAY_SECRETKEY=lab.SECRET_KEY, DUMPKEEPER_GATEWAY_TRUSTEDMOUNTS="true", SPRING_DATASOURCE_URL=gateway.database.jdbc(DATABASE),
                   SPRING_DATASOURCE_USERNAME=lab.DB_USER, SPRING_DATASOURCE_PASSWORD=lab.DB_PASSWORD)
        for name, value in os.environ.items():  # any further contender
            if name.startswith(("DUMPKEEPER_", "SPRING_")) and name not in ("DUMPKEEPER_JAR", "DUMPKEEPER_JVM"):
                env.setdefault(name, value)
        return [java] + flags + ["-jar", jar, "run", job], env
    return command


def train(java, flags, jar, gateway, throw_away, home, limit, metadata=False):
    """An AOT cache (JDK 25) from one training run on a small volume; gives jar and flags to run it with."""
    lab.progress("AOT cache: extracting the jar and training on a throw-away volume")
    app = os.path.join(home, "app")
    cache = os.path.join(home, "dumpkeeper.aot")
    done = subprocess.run([java, "-Djarmode=tools", "-jar", os.path.abspath(jar), "extract", "--destination", app],
                          capture_output=True, text=True, timeout=120)
    extracted = os.path.join(app, os.path.basename(jar))
    if done.returncode or not os.path.exists(extracted):
        raise lab.Failure("extracting %s failed: %s" % (os.path.basename(jar), (done.stdout + done.stderr).strip()[-300:]))
    gateway.database.recreate(DATABASE)
    gateway.fresh(throw_away)
    argv, env = dumpkeeper(java, flags + ["-XX:AOTCacheOutput=" + cache], extracted, metadata=metadata)(gateway, home)
    used = lab.measure(argv, env, home, os.path.join(home, "training.log"), gateway, limit)
    if used.code or not os.path.exists(cache):
        raise lab.Failure("the training run ended with %d and %s cache: %s" % (
            used.code, "a" if os.path.exists(cache) else "no", used.output.strip()[-300:]))
    return extracted, flags + ["-XX:AOTCache=" + cache]


class LiveHeap:
    """Asks a running JVM again and again how much of its heap is alive; each asking is a full collection."""

    TOTAL = re.compile(r"^Total\s+\d+\s+(\d+)", re.MULTILINE)

    def __init__(self, jcmd, interval=1.0):
        self.jcmd, self.interval = jcmd, interval
        self.samples = []
        self.ended = threading.Event()

    def __call__(self, pid):
        while not self.ended.wait(self.interval) and os.path.exists("/proc/%d" % pid):
            try:
                answer = subprocess.run([self.jcmd, str(pid), "GC.class_histogram"], stdin=subprocess.DEVNULL,
                                        capture_output=True, text=True, timeout=60).stdout
            except (subprocess.TimeoutExpired, OSError):
                continue
            total = self.TOTAL.search(answer)
            if total:
                self.samples.append(int(total.group(1)) / 2**20)

    def maximum(self):
        self.ended.set()
        return max(self.samples) if self.samples else None


def last_json_line(output):
    lines = [line for line in output.splitlines() if line.startswith("{")]
    return lines[-1] if lines else None
