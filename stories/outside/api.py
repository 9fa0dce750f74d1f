"""The API from outside: its description is valid, and a fuzzer finds no server error in it.

usage: api.py DEMO_LINE, the JSON line the demo prints when it is ready.
"""

import json
import pathlib
import subprocess
import sys
import tempfile
import urllib.request

from openapi_spec_validator import validate

demo = json.loads(sys.argv[1])
base = demo["url"].rstrip("/")
here = pathlib.Path(sys.executable).parent

description = json.load(urllib.request.urlopen(base + "/api/openapi.json"))
assert description["openapi"].startswith("3.1"), description["openapi"]
assert '"$ref": "http' not in json.dumps(description), "the description must be self-contained"
validate(description)
operations = sum(len(item) for item in description["paths"].values())
print(f"openapi: {operations} operations, valid")

checks = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
failed = 0
# An authority, a member and the secretariat reach every act between them.
roles = ["authority_focal_point", "member_officer", "secretariat_officer"]
for role, key in ((role, demo["keys"][role]) for role in roles):
    # The fuzzer itself may stumble over a body it made up; what it finds in the product is a failure.
    for seed in ("1", "2", "3"):
        command = [
            str(here / "schemathesis"), "run", base + "/api/openapi.json",
            "--header", f"Authorization: Bearer {key}",
            "--checks", checks,
            "--phases", "coverage,fuzzing",
            "--max-examples", "2",
            "--seed", seed,
            "--workers", "1",
            "--request-timeout", "30",
            "--generation-database", "none",
            "--suppress-health-check", "all",
            "--warnings", "off",
            "--no-color",
        ]
        outcome = subprocess.run(command, capture_output=True, text=True, cwd=tempfile.mkdtemp())
        if outcome.returncode == 0 or "Failures:" in outcome.stdout:
            break
        print(f"fuzzer stumbled as {role} with seed {seed}")
    print(f"fuzzed as {role}: exit status {outcome.returncode}")
    if outcome.returncode != 0:
        failed += 1
        print(outcome.stdout[-8000:], outcome.stderr[-2000:])

print(f"api: {len(roles) + 1 - failed} passed, {failed} failed")
sys.exit(1 if failed else 0)
