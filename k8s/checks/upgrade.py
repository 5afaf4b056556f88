"""Does what docs/operations.md says of upgrading, backing up and restoring, with the jars of two versions: upgrade.py OLD NEW.

A private MariaDB (mariadbd, mariadb, mariadb-dump on PATH or in /usr/sbin), a gateway with one dump and a robot of a few
lines each, all on loopback in a temporary directory. Both versions run passes; what is in the tables and what the robot
heard is compared."""
import http.server
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(ROOT / "bench"))
import lab  # noqa: E402

NAMESPACE = ' xmlns="http://s3.amazonaws.com/doc/2006-03-01/"'
NAME = "dumpkeeper"


class Answers(http.server.BaseHTTPRequestHandler):
    """A gateway with the volume jfsdata, and a robot."""

    protocol_version = "HTTP/1.1"
    keys = {"dumpfiles/.keep": b"keepdir"}
    messages = []

    def answer(self, body=b"", status=200, **headers):
        self.send_response(status)
        self.send_header("Content-Type", "application/xml")
        self.send_header("Last-Modified", time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(self.at)))
        self.send_header("ETag", '"0"')
        self.send_header("Content-Length", str(headers.get("length", len(body))))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    at = int(time.time()) - 3600

    def do_GET(self):
        path = self.path.split("?")[0]
        key = path.strip("/").partition("/")[2]
        if path == "/":
            self.answer(("<ListAllMyBucketsResult%s><Buckets><Bucket><Name>jfsdata</Name><CreationDate>2026-01-01T00:00:00.000Z"
                         "</CreationDate></Bucket></Buckets></ListAllMyBucketsResult>" % NAMESPACE).encode())
        elif not key:
            rows = "".join("<Contents><Key>%s</Key><LastModified>%s</LastModified><ETag></ETag><Size>%d</Size><StorageClass>"
                           "STANDARD</StorageClass></Contents>" % (
                               k, time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime(self.at)), len(v))
                           for k, v in sorted(self.keys.items()))
            self.answer(("<ListBucketResult%s><Name>jfsdata</Name><Prefix></Prefix><KeyCount>%d</KeyCount><MaxKeys>1000</MaxKeys>"
                         "<IsTruncated>false</IsTruncated><EncodingType>url</EncodingType>%s</ListBucketResult>"
                         % (NAMESPACE, len(self.keys), rows)).encode())
        elif key in self.keys:
            body, wanted = self.keys[key], self.headers.get("Range")
            if wanted:
                first, last = wanted.split("=")[1].split("-")
                body = body[-int(last):] if not first else body[int(first):int(last or len(body)) + 1]
            self.answer(body, 206 if wanted else 200)
        else:
            self.answer(status=404)

    def do_HEAD(self):
        key = self.path.split("?")[0].strip("/").partition("/")[2]
        if key in self.keys:
            self.answer(length=len(self.keys[key]))
        else:
            self.answer(status=404)

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.messages.append(body[body["msgtype"]]["content"])
        self.answer(b'{"errcode":0,"errmsg":"ok"}')

    def log_message(self, *args):
        pass


def tool(name):
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin")
    if not found:
        sys.exit("upgrade.py: %s is missing" % name)
    return found


class Site:

    def __init__(self, home):
        self.home = home
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.database = lab.Database(tool("mariadbd"), tool("mariadb"), os.path.join(home, "db"))
        self.endpoint = "http://127.0.0.1:%d" % self.server.server_port

    def environment(self):
        return {"PATH": os.environ["PATH"], "HOME": self.home, "DUMPKEEPER_GATEWAY_ENDPOINT": self.endpoint,
                "DUMPKEEPER_GATEWAY_ACCESSKEY": "a", "DUMPKEEPER_GATEWAY_SECRETKEY": "b",
                "DUMPKEEPER_WECOM_WEBHOOKURL": self.endpoint + "/cgi-bin/webhook/send?key=k",
                "SPRING_DATASOURCE_URL": self.database.jdbc(NAME), "SPRING_DATASOURCE_USERNAME": lab.DB_USER,
                "SPRING_DATASOURCE_PASSWORD": lab.DB_PASSWORD}

    def run(self, jar, *job):
        return subprocess.run(["java", "-Xmx192m", "-XX:TieredStopAtLevel=1", "-jar", jar, "run"] + list(job), cwd=self.home,
                              env=self.environment(), capture_output=True, text=True, timeout=300)

    def sql(self, statement):
        return self.database.sql(statement.replace("@", NAME + "."))

    def version(self):
        return int(self.sql("SELECT MAX(CAST(version AS UNSIGNED)) FROM @flyway_schema_history WHERE success"))

    def dump(self, file):
        with open(file, "wb") as out:
            subprocess.run([tool("mariadb-dump"), "--no-defaults", "--user=root", "--socket=" + self.database.socket,
                            "--single-transaction", "--routines", NAME], stdout=out, check=True, timeout=300)

    def restore(self, file):
        self.database.recreate(NAME)
        with open(file, "rb") as dump:
            subprocess.run([self.database.client, "--no-defaults", "--user=root", "--socket=" + self.database.socket, NAME],
                           stdin=dump, check=True, timeout=300)

    def service(self, jar):
        ports = lab.free_port(), lab.free_port()
        process = lab.start(["java", "-Xmx192m", "-XX:TieredStopAtLevel=1", "-jar", jar, "--server.address=127.0.0.1",
                             "--server.port=%d" % ports[0], "--management.server.address=127.0.0.1",
                             "--management.server.port=%d" % ports[1]], os.path.join(self.home, "service.log"),
                            self.environment(), self.home)
        end = time.time() + 180
        while time.time() < end and process.poll() is None:
            try:
                urllib.request.urlopen("http://127.0.0.1:%d/actuator/health/readiness" % ports[1], timeout=5).close()
                return process
            except OSError:
                time.sleep(0.5)
        lab.stop(process)
        raise AssertionError("the service is not up: " + lab.tail(os.path.join(self.home, "service.log"), 20))


def expect(what, holds, told=""):
    print(("ok    " if holds else "FAIL  ") + what, flush=True)
    if not holds:
        raise AssertionError(what + "\n" + told)


def said(pod):
    return sum(pod in message for message in Answers.messages)


def main(old, new):
    with tempfile.TemporaryDirectory() as home:
        site = Site(home)
        try:
            site.database.recreate(NAME)
            Answers.keys["dumpfiles/dev_first-0_heapDump.hprof"] = b"JAVA PROFILE 1.0.2\0" + bytes(12)
            run = site.run(old, "maintenance")
            expect("the old version makes its tables and tells of a dump", run.returncode == 0 and said("first") == 1,
                   run.stdout + run.stderr)
            before = site.version()
            backup = os.path.join(home, "dumpkeeper.sql")
            site.dump(backup)

            run = site.run(new, "maintenance")
            after = site.version()
            expect("the new version migrates from %d to %d and goes on" % (before, after),
                   run.returncode == 0 and after > before, run.stdout + run.stderr)
            expect("nobody is told twice", said("first") == 1, str(Answers.messages))
            expect("no migration failed", site.sql("SELECT COUNT(*) FROM @flyway_schema_history WHERE NOT success") == "0")
            runs = site.sql("SELECT COUNT(*) FROM @maintenance_run WHERE outcome = 'COMPLETED'")
            expect("the runs of the old version are there", int(runs) >= 2, runs)

            run = site.run(old, "maintenance", "--dry-run")
            print("note  the old version on the new tables ends with %d: %s" % (
                run.returncode, " ".join(run.stderr.split())[:300]), flush=True)
            process = site.service(new)
            lab.stop(process, 15)
            expect("the new service starts on them and ends with 143", process.returncode in (143, -15), str(process.returncode))

            Answers.keys["dumpfiles/dev_second-0_heapDump.hprof"] = b"JAVA PROFILE 1.0.2\0" + bytes(12)
            run = site.run(new, "maintenance")
            expect("a dump after the backup is told", run.returncode == 0 and said("second") == 1, run.stdout + run.stderr)

            site.restore(backup)
            expect("the backup is restored into an empty database", site.version() == before)
            run = site.run(old, "maintenance", "--dry-run")
            expect("the old version works on it", run.returncode == 0, run.stdout + run.stderr)
            run = site.run(new, "maintenance", "--dry-run")
            expect("and so does the new one, which migrates it", run.returncode == 0 and site.version() == after,
                   run.stdout + run.stderr)
            run = site.run(new, "maintenance")
            expect("what was told since the backup is told again, what was told before is not",
                   run.returncode == 0 and (said("first"), said("second")) == (1, 2), str(Answers.messages))

            site.database.recreate(NAME)
            run = site.run(new, "maintenance")
            expect("with nothing left, every dump is told anew and none is gone",
                   run.returncode == 0 and (said("first"), said("second")) == (2, 3), str(Answers.messages) + run.stderr)
            return 0
        except AssertionError as failure:
            print(failure)
            return 1
        finally:
            site.database.stop()


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])))
