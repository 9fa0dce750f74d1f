"""Kolibri and Harambee beside each other, on the same machine, in the same run, measured the same way.

    python3 stories/outside/kolibri.py WHEEL HARAMBEE [LEARNERS]

WHEEL is a wheel of Kolibri from PyPI (`pip download --no-deps kolibri`), HARAMBEE the release binary.
Kolibri is installed into a folder that is thrown away, provisioned without a network, and asked over
HTTP; so is Harambee's demo. CPU is that of the server's processes (/proc/PID/stat), bytes written what
reached the disk for them (/proc/PID/io), memory their proportional share (smaps_rollup).

What cannot be compared, and is not: Kolibri draws its pages in the browser, so a page's CPU on the
telephone is not counted, and of what its scripts fetch later only the calls of the home page are; its
attempts carry a log of single interactions, ours the answer alone, marked by the server; its import
hashes a password for each learner where one is given, ours makes a picture code. Harambee's demo holds
a whole country's library and a coalition beside the school; Kolibri starts empty.
"""

import gzip
import http.client
import io
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import uuid
import zipfile
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
CLIENTS = 8
EACH = 60
PAGES = 200


class Process:
    """A server and the processes it started."""

    def __init__(self, popen):
        self.popen = popen

    def pids(self):
        found, todo = [], [self.popen.pid]
        while todo:
            pid = todo.pop()
            found.append(pid)
            for task in Path(f"/proc/{pid}/task").glob("*/children"):
                try:
                    todo.extend(int(word) for word in task.read_text().split())
                except OSError:
                    pass
        return found

    def cpu(self):
        total = 0
        for pid in self.pids():
            try:
                stat = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
                total += int(stat[11]) + int(stat[12])
            except OSError:
                pass
        return total / TICK

    def written(self):
        os.sync()
        total = 0
        for pid in self.pids():
            try:
                text = Path(f"/proc/{pid}/io").read_text()
                total += int(re.search(r"^write_bytes: (\d+)", text, re.M).group(1))
            except OSError:
                pass
        return total

    def memory(self):
        total = 0
        for pid in self.pids():
            try:
                text = Path(f"/proc/{pid}/smaps_rollup").read_text()
                total += int(re.search(r"^Pss:\s+(\d+)", text, re.M).group(1))
            except OSError:
                pass
        return total / 1024

    def end(self):
        self.popen.send_signal(signal.SIGTERM)
        try:
            self.popen.wait(20)
        except subprocess.TimeoutExpired:
            self.popen.kill()
            self.popen.wait()


class Browser:
    """Keeps cookies and one connection, counts bytes on the wire."""

    def __init__(self, port):
        self.port = port
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.cookies = {}
        self.bytes = 0
        self.requests = 0

    def ask(self, method, path, body=None, headers=None, follow=False):
        head = {"accept-encoding": "gzip", "accept": "*/*"}
        if self.cookies:
            head["cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        head.update(headers or {})
        try:
            self.connection.request(method, path, body=body, headers=head)
            answer = self.connection.getresponse()
        except (http.client.RemoteDisconnected, ConnectionError):
            # The server let go of a connection that was idle for a while.
            self.connection.close()
            self.connection.request(method, path, body=body, headers=head)
            answer = self.connection.getresponse()
        raw = answer.read()
        self.requests += 1
        self.bytes += len(raw) + sum(len(k) + len(v) + 4 for k, v in answer.getheaders()) + 17
        for line in answer.headers.get_all("set-cookie") or []:
            name, _, value = line.split(";", 1)[0].partition("=")
            self.cookies[name] = value
        if answer.getheader("content-encoding") == "gzip":
            raw = gzip.decompress(raw)
        place = answer.getheader("location")
        if follow and place and answer.status in (301, 302, 303, 307, 308):
            parts = urllib.parse.urlsplit(place)
            path = parts.path + (f"?{parts.query}" if parts.query else "")
            return self.ask("GET", path, follow=True)
        return answer.status, raw, answer.headers, path

    def visit(self, path):
        """A page with all that its HTML names: sheets, scripts, pictures."""
        status, raw, _, at = self.ask("GET", path, follow=True)
        assert status == 200, (path, status)
        text = raw.decode()
        seen = set()
        for place in re.findall(r'<(?:script|img)[^>]*?\bsrc="([^"]+)"', text) + re.findall(
            r'<link[^>]*?\brel="(?:stylesheet|icon|preload|shortcut icon)"[^>]*?\bhref="([^"]+)"', text
        ) + re.findall(r'<link[^>]*?\bhref="([^"]+\.(?:css|js|woff2?))"', text):
            place = urllib.parse.urljoin(at, place.replace("&amp;", "&"))
            if place.startswith("data:") or place.startswith("http") or place in seen:
                continue
            seen.add(place)
            self.ask("GET", place)
        return text


def hidden(page, name):
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    return found.group(1) if found else ""


def per(what, count, before, after):
    print(f"    {what}: {(after - before) * 1000 / count:.3f} ms CPU each ({count} times)", flush=True)
    return (after - before) * 1000 / count


def at_once(jobs):
    """Runs the jobs at the same time; what goes wrong in one of them is told here."""
    wrong = []

    def run(job):
        try:
            job()
        except BaseException as error:  # told below
            wrong.append(error)

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise wrong[0]


def settled(process):
    """Waits until a server that has just started does nothing any more."""
    for _ in range(60):
        before = process.cpu()
        time.sleep(3)
        if process.cpu() - before < 0.15:
            return


# ---- Kolibri


def kolibri(wheel, learners, folder):
    print("Kolibri", flush=True)
    venv = folder / "venv"
    ready = os.environ.get("KOLIBRI_VENV")
    if ready:
        venv = Path(ready)
    else:
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
        subprocess.run([venv / "bin/pip", "install", "-q", "--no-deps", wheel], check=True)
    port = 8766
    env = {
        **os.environ,
        "KOLIBRI_HOME": str(folder / "kolibri"),
        "KOLIBRI_HTTP_PORT": str(port),
        "KOLIBRI_ZIP_CONTENT_PORT": str(port + 1),
        "KOLIBRI_RUN_MODE": "harambee-bench",
    }
    program = str(venv / "bin/kolibri")

    def manage(*words):
        before = os.times()
        subprocess.run(
            [program, "manage", *words], env=env, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        after = os.times()
        return after.children_user + after.children_system - before.children_user - before.children_system

    manage(
        "provisiondevice", "--facility", "School", "--superusername", "admin", "--superuserpassword",
        "password1", "--preset", "formal", "--language_id", "en", "--verbosity", "0", "--noinput",
    )
    out = {}
    # ---- import
    head = "UUID,USERNAME,PASSWORD,FULL_NAME,USER_TYPE,IDENTIFIER,BIRTH_YEAR,GENDER,ENROLLED_IN,ASSIGNED_TO\n"
    line = lambda n: f",learner{n},password1,Learner {n},LEARNER,{n},2015,FEMALE,Class {n // 40},\n"
    few, many = folder / "few.csv", folder / "many.csv"
    few.write_text(head + "".join(line(n) for n in range(CLIENTS)))
    many.write_text(head + "".join(line(n) for n in range(CLIENTS + learners)))
    base = manage("bulkimportusers", str(few))
    used = manage("bulkimportusers", str(many))
    out["import"] = (used - base) * 1000 / learners
    print(f"    import: {out['import']:.3f} ms CPU a learner ({learners} learners)", flush=True)
    # ---- server
    log = open(folder / "kolibri.log", "w")
    server = Process(
        subprocess.Popen([program, "start", "--foreground", "--port", str(port)], env=env, stdout=log, stderr=log)
    )
    try:
        for _ in range(240):
            time.sleep(1)
            try:
                if Browser(port).ask("GET", "/api/public/info/")[0] == 200:
                    break
            except OSError:
                pass
        settled(server)
        out["idle"] = server.memory()
        print(f"    memory idle: {out['idle']:.0f} MB", flush=True)
        first = Browser(port)
        first.visit("/")
        out["visit"] = first.bytes
        print(f"    first visit (sign-in page, what its HTML names): {first.bytes:,} bytes, {first.requests} requests", flush=True)
        facility = json.loads(Browser(port).ask("GET", "/api/auth/facility/")[1])[0]["id"]

        def signed_in(n):
            browser = Browser(port)
            browser.ask("GET", "/en/auth/", follow=True)
            browser.ask("GET", "/api/auth/session/current/")
            token = browser.cookies.get("kolibri_csrftoken", "")
            body = json.dumps({"username": f"learner{n}", "password": "password1", "facility": facility})
            kind = {"content-type": "application/json", "x-csrftoken": token}
            status, raw, _, _ = browser.ask("POST", "/api/auth/session/", body, kind)
            assert status == 200, (status, raw[:300])
            return browser

        learners_in = [signed_in(n) for n in range(CLIENTS)]
        one = learners_in[0]
        calls = ["/en/learn/", "/learn/api/homehydrate/"]
        for path in calls:
            assert one.ask("GET", path)[0] == 200, path
        before = server.cpu()
        for _ in range(PAGES):
            for path in calls:
                one.ask("GET", path)
        out["home"] = per("learner home (shell and its data)", PAGES, before, server.cpu())

        def write(browser, method, path, value):
            kind = {
                "content-type": "application/json",
                "x-csrftoken": browser.cookies.get("kolibri_csrftoken", ""),
            }
            status, raw, _, _ = browser.ask(method, path, json.dumps(value), kind)
            assert status in (200, 201), (status, raw[:300])
            return json.loads(raw)

        def session(browser):
            made = write(
                browser,
                "POST",
                "/api/logger/trackprogress/",
                {
                    "node_id": uuid.uuid4().hex,
                    "content_id": uuid.uuid4().hex,
                    "channel_id": uuid.uuid4().hex,
                    "kind": "exercise",
                    "mastery_model": {"type": "m_of_n", "m": 4, "n": 5},
                },
            )
            return made["session_id"]

        sessions = [session(browser) for browser in learners_in]

        def answers(browser, at):
            for n in range(EACH):
                value = {
                    "interactions": [
                        {
                            "item": uuid.uuid4().hex,
                            "correct": 1.0,
                            "complete": True,
                            "time_spent": 12.0,
                            "answer": {"value": "b"},
                            "simple_answer": "b",
                        }
                    ],
                    "time_spent_delta": 12.0,
                }
                write(browser, "PUT", f"/api/logger/trackprogress/{at}/", value)

        settled(server)
        before, written = server.cpu(), server.written()
        at_once([lambda b=b, s=s: answers(b, s) for b, s in zip(learners_in, sessions)])
        count = CLIENTS * EACH
        time.sleep(2)
        out["bytes"] = (server.written() - written) / count
        out["answer"] = per(f"answer saved ({CLIENTS} at once)", count, before, server.cpu())
        print(f"    written for an answer: {out['bytes']:,.0f} bytes", flush=True)
        out["busy"] = server.memory()
        print(f"    memory afterwards: {out['busy']:.0f} MB", flush=True)
    finally:
        server.end()
    return out


# ---- Harambee


def harambee(program, learners, folder):
    print("Harambee", flush=True)
    port = 8768
    out = {}
    log = open(folder / "harambee.log", "w")
    command = [program, "demo", "--json", "--port", str(port), "--data", str(folder / "harambee")]
    # The first start makes the demo's data; what is measured is the second, as after any restart.
    for start in range(2):
        server = Process(subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True))
        ready = None
        for line in server.popen.stdout:
            if line.startswith("{"):
                ready = json.loads(line)
                break
        assert ready, "the demo does not come up"
        if start == 0:
            server.end()
    try:
        settled(server)
        out["idle"] = server.memory()
        print(f"    memory idle: {out['idle']:.0f} MB", flush=True)
        first = Browser(port)
        first.visit("/learn/sign-in")
        out["visit"] = first.bytes
        print(f"    first visit (sign-in page, all of it): {first.bytes:,} bytes, {first.requests} requests", flush=True)

        come_in = lambda: signed_in(port, ready["sign_in"]["learner"])
        one = come_in()
        assert one.ask("GET", "/learn")[0] == 200
        before = server.cpu()
        for _ in range(PAGES):
            one.ask("GET", "/learn")
        out["home"] = per("learner home", PAGES, before, server.cpu())
        out.update(answers_of(server, one, come_in))
        out["busy"] = server.memory()
        print(f"    memory afterwards: {out['busy']:.0f} MB", flush=True)
        out["import"] = imported(server, port, ready, learners, folder)
    finally:
        server.end()
    return out


def signed_in(port, link):
    """A browser that came in by a link."""
    browser = Browser(port)
    path = urllib.parse.urlsplit(link).path
    page = browser.ask("GET", path, follow=True)[1].decode()
    pairs = {"form_token": hidden(page, "form_token"), "form_once": hidden(page, "form_once")}
    kind = {"content-type": "application/x-www-form-urlencoded"}
    status, raw, _, _ = browser.ask("POST", path, urllib.parse.urlencode(pairs), kind)
    assert status == 303, (status, raw[:300])
    return browser


def answers_of(server, one, come_in):
    """Answers to a question with a form, by the same learner on several telephones: every answer is a
    new try. Each phone answers its own question, as far as there are any."""
    page = one.ask("GET", "/learn")[1].decode()
    places = []
    for lesson in dict.fromkeys(re.findall(r'href="(/learn/lessons/[0-9a-f-]+)"', page)):
        text = one.ask("GET", lesson)[1].decode()
        places.extend(dict.fromkeys(re.findall(r'href="(/learn/lessons/[0-9a-f-]+/items/\d+)"', text)))
    ready = []
    for place in places:
        browser = come_in()
        form = browser.ask("GET", f"{place}?again=1")[1].decode()
        body = filled(form)
        if body:
            ready.append((browser, place, body, int(hidden(form, "number") or 1)))
        if len(ready) == CLIENTS:
            break
    assert ready, "no question to answer"
    kind = {"content-type": "application/x-www-form-urlencoded"}
    saved = []

    def answer(browser, place, body, number):
        count = 0
        for n in range(EACH):
            pairs = {**body, "number": str(number + n)}
            status, raw, _, _ = browser.ask("POST", place, urllib.parse.urlencode(pairs), kind)
            if status == 422:
                break
            assert status == 303, (status, raw[:300])
            count += 1
        saved.append(count)

    settled(server)
    before, written = server.cpu(), server.written()
    at_once([lambda r=r: answer(*r) for r in ready])
    count = sum(saved)
    time.sleep(2)
    bytes_each = (server.written() - written) / count
    cpu = per(f"answer saved ({len(ready)} at once, the whole request)", count, before, server.cpu())
    print(f"    written for an answer: {bytes_each:,.0f} bytes", flush=True)
    return {"answer": cpu, "bytes": bytes_each}


def filled(form):
    """The fields of a question's form, answered as a browser would send them."""
    pairs = {name: hidden(form, name) for name in ("page_token", "learner")}
    radio = re.search(r'<input[^>]*type="radio"[^>]*name="(answer)"[^>]*value="([^"]*)"', form) or re.search(
        r'<input[^>]*name="(answer)"[^>]*type="radio"[^>]*value="([^"]*)"', form
    )
    if radio:
        return {**pairs, radio.group(1): radio.group(2)}
    if re.search(r'<input[^>]*name="answer"', form) and 'type="checkbox"' not in form:
        return {**pairs, "answer": "4"}
    return None


def imported(server, port, ready, learners, folder):
    """Rosters as OneRoster, as a ministry brings them: what everybody costs, read, looked at and taken
    over, less what a few cost."""
    with sqlite3.connect(f"file:{folder / 'harambee' / 'harambee.db'}?mode=ro", uri=True) as db:
        school = db.execute("SELECT MIN(code) FROM school WHERE country = 'KE'").fetchone()[0]
    browser = signed_in(port, ready["sign_in"]["learning_officer"])

    def waits(path, wanted):
        for _ in range(600):
            page = browser.ask("GET", path, follow=True)[1].decode()
            if wanted in page:
                return page
            time.sleep(0.25)
        raise AssertionError((path, wanted))

    def bring(count):
        before = server.cpu()
        form = browser.ask("GET", "/teach/imports/new")[1].decode()
        fields = {
            "form_token": hidden(form, "form_token"),
            "form_once": hidden(form, "form_once"),
            "scope": "KE",
            "language": "en",
        }
        edge = uuid.uuid4().hex
        body = b"".join(
            f'--{edge}\r\ncontent-disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in fields.items()
        )
        body += (
            f'--{edge}\r\ncontent-disposition: form-data; name="roster"; filename="roster.zip"\r\n'
            "content-type: application/zip\r\n\r\n"
        ).encode()
        body += roster(school, count) + f"\r\n--{edge}--\r\n".encode()
        kind = {"content-type": f"multipart/form-data; boundary={edge}"}
        status, raw, headers, _ = browser.ask("POST", "/teach/imports/new", body, kind)
        assert status == 303, (status, raw[-2000:])
        at = urllib.parse.urlsplit(headers["location"]).path
        waits(at, "/acceptance")
        form = browser.ask("GET", f"{at}/acceptance")[1].decode()
        pairs = {"form_token": hidden(form, "form_token"), "form_once": hidden(form, "form_once")}
        kind = {"content-type": "application/x-www-form-urlencoded"}
        status, raw, _, _ = browser.ask("POST", f"{at}/acceptance", urllib.parse.urlencode(pairs), kind)
        assert status == 303, (status, raw[-2000:])
        while "/acceptance" in browser.ask("GET", at, follow=True)[1].decode():
            time.sleep(0.25)
        settled(server)
        return server.cpu() - before

    base = bring(CLIENTS)
    each = (bring(CLIENTS + learners) - base) * 1000 / learners
    print(f"    import: {each:.3f} ms CPU a learner ({learners} learners)", flush=True)
    return each


def roster(school, count):
    rows = lambda head, lines: "\n".join([head, *lines, ""])
    files = {
        "orgs": rows("sourcedId,name,type,identifier", [f"bs,School,school,{school}"]),
        "academicSessions": rows(
            "sourcedId,title,type,startDate,endDate", ["by,2026,schoolYear,2026-01-05,2026-12-18"]
        ),
        "classes": rows(
            "sourcedId,title,grades,schoolSourcedId,termSourcedIds",
            [f"bc{n},Bench {n},04,bs,by" for n in range(count // 40 + 1)],
        ),
        "users": rows(
            "sourcedId,enabledUser,username,givenName,familyName",
            [f"bu{n},true,,Learner,{n}" for n in range(count)],
        ),
        "roles": rows(
            "sourcedId,userSourcedId,roleType,role,orgSourcedId",
            [f"br{n},bu{n},primary,student,bs" for n in range(count)],
        ),
        "enrollments": rows(
            "sourcedId,classSourcedId,schoolSourcedId,userSourcedId,role",
            [f"be{n},bc{n // 40},bs,bu{n},student" for n in range(count)],
        ),
    }
    manifest = ["propertyName,value", "manifest.version,1.0", "oneroster.version,1.2"]
    manifest += [f"file.{name},bulk" for name in files]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("manifest.csv", "\n".join([*manifest, ""]))
        for name, text in files.items():
            packed.writestr(f"{name}.csv", text)
    return out.getvalue()


# ---- side by side

ROWS = [
    ("visit", "bytes of a first visit", "{:,.0f}"),
    ("home", "ms CPU, learner home", "{:.3f}"),
    ("answer", "ms CPU, answer saved", "{:.3f}"),
    ("bytes", "bytes written, answer", "{:,.0f}"),
    ("idle", "MB of memory, idle", "{:.0f}"),
    ("busy", "MB of memory, after the load", "{:.0f}"),
    ("import", "ms CPU, learner imported", "{:.3f}"),
]


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    learners = int(sys.argv[3]) if len(sys.argv) > 3 else 200
    folder = Path(tempfile.mkdtemp(prefix="beside-kolibri-"))
    try:
        ours = harambee(sys.argv[2], learners, folder)
        theirs = kolibri(sys.argv[1], learners, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"\n{'':32}{'Kolibri':>14}{'Harambee':>14}{'ratio':>9}")
    for name, what, form in ROWS:
        a, b = theirs.get(name), ours.get(name)
        told = [form.format(value) if value is not None else "–" for value in (a, b)]
        ratio = f"{a / b:.0f}" if a and b else ""
        print(f"{what:32}{told[0]:>14}{told[1]:>14}{ratio:>9}")


if __name__ == "__main__":
    main()
