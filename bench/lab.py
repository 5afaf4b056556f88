"""The system under measurement: a private MariaDB and a real JuiceFS gateway on loopback."""

import ctypes
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request

ACCESS_KEY = "benchkey"
SECRET_KEY = "benchsecret"
DB_USER = "bench"
DB_PASSWORD = "benchpw"
TICKS = os.sysconf("SC_CLK_TCK")
LIBC = ctypes.CDLL(None)


class Failure(Exception):
    """Something the reader can act upon; printed as one line."""


def progress(text):
    print(time.strftime("%H:%M:%S ") + text, file=sys.stderr, flush=True)


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def die_with_parent():
    LIBC.prctl(1, signal.SIGTERM)


def start(argv, log, env=None, cwd=None):
    with open(log, "ab") as out:
        return subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=out, stderr=out, env=env, cwd=cwd,
                                start_new_session=True, preexec_fn=die_with_parent)


def stop(process, grace=60):
    if process is None or process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(grace)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def tail(path, lines=5):
    with open(path, errors="replace") as f:
        return "\n".join(f.read().splitlines()[-lines:])


def cpu_of(pid):
    """User and system seconds of a running process, its threads included."""
    with open("/proc/%d/stat" % pid) as f:
        fields = f.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def cpu_of_machine():
    """Seconds in which some CPU of this machine did something, stolen time included."""
    with open("/proc/stat") as f:
        v = [int(x) for x in f.readline().split()[1:9]]
    return (sum(v) - v[3] - v[4]) / TICKS


class Database:
    """A MariaDB server in a directory of its own."""

    def __init__(self, server, client, home):
        self.client, self.home, self.port = client, home, free_port()
        self.socket = os.path.join(home, "s")
        self.process = None
        os.makedirs(home)
        base = os.path.dirname(os.path.dirname(os.path.realpath(server)))
        candidates = [os.path.join(base, d, "mariadb-install-db") for d in ("bin", "scripts")]
        installer = next((c for c in candidates if os.path.exists(c)), shutil.which("mariadb-install-db"))
        if not installer:
            raise Failure("mariadb-install-db is missing: expected beside %s or on PATH" % server)
        data, log = os.path.join(home, "data"), os.path.join(home, "log")
        with open(log, "ab") as out:
            # As root, MariaDB needs an explicit user.
            user = ["--user=root"] if os.getuid() == 0 else []
            code = subprocess.run(["sh", installer, "--no-defaults", "--basedir=" + base, "--datadir=" + data,
                                   "--auth-root-authentication-method=normal", "--skip-test-db"] + user,
                                  stdin=subprocess.DEVNULL, stdout=out, stderr=out, timeout=120).returncode
        if code:
            raise Failure("mariadb-install-db failed: " + tail(log))
        self.process = start([server, "--no-defaults", "--basedir=" + base, "--datadir=" + data,
                              "--port=%d" % self.port, "--bind-address=127.0.0.1", "--socket=" + self.socket,
                              "--skip-name-resolve", "--skip-log-bin", "--innodb-buffer-pool-size=1G",
                              "--innodb-log-file-size=512M", "--innodb-flush-log-at-trx-commit=1",
                              "--max-connections=500"] + user, log)
        self.answer("MariaDB", 60, log)

    def answer(self, name, seconds, log):
        """Waits for a server that was just started, and makes its user."""
        deadline = time.time() + seconds
        while True:
            try:
                self.sql("SELECT 1")
                break
            except Failure:
                if self.process.poll() is not None or time.time() > deadline:
                    raise Failure("%s does not start: " % name + tail(log))
                time.sleep(0.2)
        self.sql("CREATE USER '%s'@'127.0.0.1' IDENTIFIED BY '%s'; GRANT ALL ON *.* TO '%s'@'127.0.0.1'"
                 % (DB_USER, DB_PASSWORD, DB_USER))
        self.version = self.sql("SELECT VERSION()")

    def sql(self, statement):
        done = subprocess.run([self.client, "--no-defaults", "--user=root", "--socket=" + self.socket,
                               "--batch", "--skip-column-names", "--execute", statement],
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=600)
        if done.returncode:
            raise Failure("SQL: " + done.stderr.strip())
        return done.stdout.strip()

    def recreate(self, name):
        self.sql("DROP DATABASE IF EXISTS %s; CREATE DATABASE %s CHARACTER SET utf8mb4" % (name, name))

    def settle(self):
        """Writes out what loading left behind, so that no contender pays for it."""
        self.sql("SET GLOBAL innodb_max_dirty_pages_pct_lwm=0; SET GLOBAL innodb_max_dirty_pages_pct=0")
        deadline = time.time() + 60
        while time.time() < deadline:
            state = dict(line.split("\t") for line in self.sql(
                "SHOW GLOBAL STATUS WHERE Variable_name IN ('Innodb_buffer_pool_pages_dirty',"
                "'Innodb_history_list_length')").splitlines())
            if all(int(v) < 100 for v in state.values()):
                break
            time.sleep(0.5)
        self.sql("SET GLOBAL innodb_max_dirty_pages_pct=90")

    def jdbc(self, name):
        return "jdbc:mysql://127.0.0.1:%d/%s" % (self.port, name)

    def stop(self):
        stop(self.process)


class Mysql(Database):
    """A MySQL server out of an unpacked distribution, spoken to by MariaDB's client."""

    def __init__(self, base, client, home):
        self.client, self.home, self.port = client, home, free_port()
        self.socket = os.path.join(home, "s")
        self.process = None
        os.makedirs(home)
        server, data, log = os.path.join(base, "bin", "mysqld"), os.path.join(home, "data"), os.path.join(home, "log")
        # That client knows no newer way to sign in.
        common = [server, "--no-defaults", "--basedir=" + base, "--datadir=" + data,
                  "--default-authentication-plugin=mysql_native_password"] + (["--user=root"] if os.getuid() == 0 else [])
        with open(log, "ab") as out:
            code = subprocess.run(common + ["--initialize-insecure"], stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                                  timeout=300).returncode
        if code:
            raise Failure("mysqld --initialize-insecure failed: " + tail(log))
        self.process = start(common + ["--port=%d" % self.port, "--bind-address=127.0.0.1", "--socket=" + self.socket,
                                       "--mysqlx=OFF", "--skip-log-bin", "--innodb-buffer-pool-size=1G",
                                       "--innodb-redo-log-capacity=1G", "--innodb-flush-log-at-trx-commit=1",
                                       "--max-connections=500", "--performance-schema-max-sql-text-length=8192"], log)
        self.answer("MySQL", 120, log)


class Gateway:
    """A JuiceFS gateway on one volume; `fresh` gives it an identical new one."""

    META = "jfs"

    def __init__(self, binary, database, home):
        self.binary, self.database, self.home = binary, database, home
        self.process, self.endpoint = None, None
        self.prefix = "dumpfiles/"  # of each PVC what is measured, beside what is deleted
        os.makedirs(home)
        self.bucket = os.path.join(home, "storage")
        self.log = os.path.join(home, "log")
        self.env = dict(os.environ, HOME=home, MINIO_ROOT_USER=ACCESS_KEY, MINIO_ROOT_PASSWORD=SECRET_KEY)
        self.meta = "mysql://%s:%s@(127.0.0.1:%d)/%s" % (DB_USER, DB_PASSWORD, database.port, self.META)
        self.version = subprocess.run([binary, "version"], capture_output=True, text=True, timeout=30,
                                      env=self.env).stdout.strip().replace("juicefs version ", "")

    def fresh(self, volume):
        self.stop()
        self.database.recreate(self.META)
        with open(self.log, "ab") as out:
            code = subprocess.run([self.binary, "load", self.meta, volume], stdin=subprocess.DEVNULL, stdout=out,
                                  stderr=out, env=self.env, timeout=1800).returncode
        if code:
            raise Failure("juicefs load failed: " + tail(self.log))
        self.database.sql("ANALYZE TABLE %s.jfs_edge, %s.jfs_node" % (self.META, self.META))
        self.database.settle()
        port = free_port()
        self.endpoint = "http://127.0.0.1:%d" % port
        self.process = start([self.binary, "gateway", "--multi-buckets", "--no-usage-report", "--backup-meta", "0",
                              "--cache-dir", os.path.join(self.home, "cache"), "--metrics",
                              "127.0.0.1:%d" % free_port(), self.meta, "127.0.0.1:%d" % port], self.log, self.env,
                             self.home)
        deadline = time.time() + 60
        while True:
            try:
                urllib.request.urlopen(self.endpoint + "/minio/health/ready", timeout=5).close()
                break
            except OSError:
                if self.process.poll() is not None or time.time() > deadline:
                    raise Failure("the gateway does not start: " + tail(self.log))
                time.sleep(0.1)
        time.sleep(1)  # lets its start-up work end

    def files(self):
        """How many files the PVCs hold in dumpfiles/, how many of these are older than two days, and how many others."""
        return tuple(int(n) for n in self.database.sql(
            "SELECT COALESCE(SUM(d.name = 'dumpfiles'), 0), COALESCE(SUM(d.name = 'dumpfiles' AND n.mtime <"
            " (UNIX_TIMESTAMP() - 2 * 86400) * 1000000), 0), COALESCE(SUM(d.name LIKE 'app-%%'), 0) FROM %s.jfs_edge e"
            " JOIN %s.jfs_node n ON n.inode = e.inode JOIN %s.jfs_edge d ON d.inode = e.parent WHERE e.type = 1"
            % (self.META, self.META, self.META)).split())

    def stop(self):
        stop(self.process)
        self.process = None


class Usage:
    """What one run of a whole process cost."""

    def __init__(self, code, wall, cpu, rss, gateway_cpu, database_cpu, other_cpu, output):
        self.code, self.wall, self.cpu, self.rss = code, wall, cpu, rss
        self.gateway_cpu, self.database_cpu, self.other_cpu = gateway_cpu, database_cpu, other_cpu
        self.output = output


RUNNING = set()


def measure(argv, env, cwd, log, gateway, limit, watch=None):
    """Runs a command to its end; `watch` is called with its pid in a thread beside it."""
    servers = [gateway.process.pid, gateway.database.process.pid]
    before = [cpu_of(pid) for pid in servers]
    machine = cpu_of_machine()
    with open(log, "wb") as out:
        begun = time.monotonic()
        process = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, env=env,
                                   cwd=cwd, start_new_session=True, preexec_fn=die_with_parent)
    RUNNING.add(process.pid)
    timer = threading.Timer(limit, kill_group, [process.pid])
    timer.daemon = True
    timer.start()
    watcher = threading.Thread(target=watch, args=[process.pid], daemon=True) if watch else None
    if watcher:
        watcher.start()
    try:
        _, status, used = os.wait4(process.pid, 0)
        wall = time.monotonic() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
    finally:
        timer.cancel()
        if process.returncode is not None:
            RUNNING.discard(process.pid)
    after = [cpu_of(pid) for pid in servers]
    if watcher:
        watcher.join(30)
    cpu = used.ru_utime + used.ru_stime
    gateway_cpu, database_cpu = (a - b for a, b in zip(after, before))
    other = max(0.0, cpu_of_machine() - machine - cpu - gateway_cpu - database_cpu)
    with open(log, errors="replace") as f:
        output = f.read()
    return Usage(process.returncode, wall, cpu, used.ru_maxrss / 1024, gateway_cpu, database_cpu, other, output)


def kill_group(pid):
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
