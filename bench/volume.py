"""An aged JuiceFS volume as the JSON that `juicefs load` reads."""

import os
import time

PVCS = 8
MARKER = b"keepdir"
DAY = 86400

# What a volume holds, by its kind: of all objects so many percent are dumps, and of these so many are expired. The
# worst case is a volume of dumps alone; others hold logs and reports outside of dumpfiles/, of any age.
KINDS = {"worst": (100, 12), "realistic": (1, 10)}
APPS = 20


def pvc(i):
    return "pvc%02d" % i


def dumps_of(objects, kind="worst"):
    """How many of the objects of a volume of that size are dumps."""
    return PVCS * dumps_of_pvc(objects, kind)


def dumps_of_pvc(objects, kind):
    return objects // PVCS * KINDS[kind][0] // 100


def expired_of(objects, kind="worst"):
    """How many of the dumps of a volume of that size are expired."""
    return PVCS * sum(1 for k in range(dumps_of_pvc(objects, kind)) if is_expired(k, kind))


def is_expired(k, kind):
    percent = KINDS[kind][1]
    return k * percent % 100 < percent


def write(path, objects, bucket, kind="worst", now=None):
    """Writes a volume of `objects` files, spread over the PVCs, each with a marker besides.

    The files have a length but no data (they read as zeros), which makes a million of
    them in seconds. The markers are real: their blocks are put into the file storage.
    """
    if objects % PVCS:
        raise ValueError("a size must be a multiple of %d: %d" % (PVCS, objects))
    now = now or int(time.time())
    inode = [1]

    def attr(kind, mode, mtime, length=0, nlink=1):
        inode[0] += 1
        return ('{"inode":%d,"type":"%s","mode":%d,"uid":0,"gid":0,"atime":%d,"mtime":%d,"ctime":%d,'
                '"nlink":%d,"length":%d}' % (inode[0], kind, mode, mtime, mtime, mtime, nlink, length))

    with open(path, "w") as out:
        w = out.write
        w('{"Setting":{"Name":"lab","UUID":"fd924863-bc2c-4489-afd6-f42991821528","Storage":"file","Bucket":"%s/",'
          '"BlockSize":4096,"Compression":"none","EncryptAlgo":"aes256gcm-rsa","TrashDays":0,"MetaVersion":1,'
          '"MinClientVersion":"1.1.0-A","DirStats":true,"EnableACL":false},' % bucket.rstrip("/"))
        w('"Counters":{"usedSpace":0,"usedInodes":0,"nextInodes":%d,"nextChunk":%d,"nextSession":1,"nextTrash":0},'
          '"Sustained":[],"DelFiles":[],' % (objects + 100 + (6 + 2 * APPS) * PVCS, PVCS + 1))
        w('"FSTree":{"attr":{"inode":1,"type":"directory","mode":511,"uid":0,"gid":0,"atime":%d,"mtime":%d,'
          '"ctime":%d,"nlink":%d,"length":0},"entries":{' % (now, now, now, PVCS + 2))
        for p in range(PVCS):
            slice_id = p + 1
            w('%s"%s":{"attr":%s,"entries":{"dumpfiles":{"attr":%s,"entries":{' % (
                "," if p else "", pvc(p), attr("directory", 0o777, now, 0, 3), attr("directory", 0o777, now, 0, 2)))
            w('".keep":{"attr":%s,"chunks":[{"index":0,"slices":[{"id":%d,"size":%d,"len":%d}]}]}' % (
                attr("regular", 0o644, now - 3600, len(MARKER)), slice_id, len(MARKER), len(MARKER)))
            block = os.path.join(bucket, "lab", "chunks", "0", "0", "%d_0_%d" % (slice_id, len(MARKER)))
            os.makedirs(os.path.dirname(block), exist_ok=True)
            with open(block, "wb") as f:
                f.write(MARKER)
            dumps = dumps_of_pvc(objects, kind)
            for k in range(dumps):
                age = 4 * DAY if is_expired(k, kind) else 3600
                w(',"dev_app-%d-7d4b9c6f5-x%04d_%07d_heapDump.hprof":{"attr":%s,"chunks":[]}' % (
                    k % 20, k % 1000, k, attr("regular", 0o600, now - age - k % 1800, 4096 + k % 100)))
            w("}}")
            others = objects // PVCS - dumps
            if others:
                directory(w, attr, now, "logs", "log", others - others // 3)
                directory(w, attr, now, "reports", "html", others // 3)
            w("}}")
        w('}},"Trash":{"attr":{"inode":9223372032828243968,"type":"directory","mode":0,"uid":0,"gid":0,"atime":0,'
          '"mtime":0,"ctime":0,"nlink":2,"length":0},"entries":{}}}')


def directory(w, attr, now, name, suffix, files):
    """Writes files of some applications, a day's for each of two months."""
    w(',"%s":{"attr":%s,"entries":{' % (name, attr("directory", 0o777, now, 0, 2 + APPS)))
    for app in range(APPS):
        w('%s"app-%02d":{"attr":%s,"entries":{' % ("," if app else "", app, attr("directory", 0o777, now, 0, 2)))
        for n, k in enumerate(range(app, files, APPS)):
            w('%s"%s-%07d.%s":{"attr":%s,"chunks":[]}' % (
                "," if n else "", name, k, suffix,
                attr("regular", 0o644, now - k % 60 * DAY - k % 1800, 1024 + k % 5000)))
        w("}}")
    w("}}")
