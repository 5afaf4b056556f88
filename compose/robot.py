"""A group robot to look at: prints what it is sent and answers as WeCom's does."""
import http.server
import json


class Robot(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))))
        text = (body.get("markdown") or body.get("markdown_v2") or body.get("text") or {}).get("content")
        print(text or "a message of type %s" % body.get("msgtype"), flush=True)
        answer = b'{"errcode":0,"errmsg":"ok"}'
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *args):
        pass


http.server.ThreadingHTTPServer(("", 8090), Robot).serve_forever()
