"""Open data from outside: every published file against the validators of its own community.

usage: validate.py FOLDER, where `harambee publish all --out FOLDER` wrote; or validate.py URL of a
running site whose releases are published. Ends with 1 when anything is wrong, and says what.
"""

import csv
import json
import pathlib
import subprocess
import sys
import tempfile
import urllib.request
import zipfile
from datetime import date

import jsonschema
import ocdsmerge
from lxml import etree
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4

here = pathlib.Path(__file__).parent.resolve()
tools = pathlib.Path(sys.executable).parent
work = pathlib.Path(tempfile.mkdtemp(prefix="harambee-validate-"))
ocds_zip = here / "standards/ocds-1.1.zip"
zipfile.ZipFile(here / "standards/iati-2.03.zip").extractall(work / "iati")
zipfile.ZipFile(ocds_zip).extractall(work)
ocds = work / "standard-1.1/schema"
FILES = {
    "iati": ["activities.xml"],
    "ocds": ["releases.json", "records.json"],
    "hxl": ["needs.csv", "3w.csv", "results.csv"],
}
outcomes = []


def told(name, problems):
    """Notes what a validator said: nothing is good."""
    outcomes.append(not problems)
    print(f"{'ok ' if not problems else 'BAD'} {name}")
    for problem in problems[:20]:
        print("     ", problem)


def run(*command, cwd=None):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, cwd=cwd)
    return done.returncode, done.stdout, done.stderr


def fetched(url):
    """The published files, laid out as the command would."""
    folder = work / "published"
    package = json.load(urllib.request.urlopen(f"{url}/data/csv/datapackage.json"))
    tables = ["datapackage.json"] + [resource["path"] for resource in package["resources"]]
    for kind, names in {**FILES, "csv": tables}.items():
        (folder / kind).mkdir(parents=True, exist_ok=True)
        for name in names:
            (folder / kind / name).write_bytes(urllib.request.urlopen(f"{url}/data/{kind}/{name}").read())
    return folder


def iati_schema(path):
    schema = etree.XMLSchema(etree.parse(work / "iati/schemas/iati-activities-schema.xsd"))
    schema.validate(etree.parse(path))
    told("IATI schema 2.03", [str(error) for error in schema.error_log])


def iati_codes(document):
    codes, complete, problems, seen = {}, {}, [], 0
    for path in (work / "iati").glob("codelists-*/xml/*.xml"):
        root = etree.parse(path).getroot()
        name = root.get("name")
        complete[name] = root.get("complete") == "1"
        codes[name] = {item.findtext("code").strip(): item.get("status") for item in root.iter("codelist-item")}
    for mapping in etree.parse(work / "iati/codelists-embedded/mapping.xml").getroot().findall("mapping"):
        path, name = mapping.findtext("path"), mapping.find("codelist").get("ref")
        if name not in codes:
            continue
        head, _, tail = path.rpartition("/")
        condition = mapping.findtext("condition")
        query = f"{head}[{condition}]/{tail}" if condition else path
        for value in document.xpath(query):
            seen += 1
            if codes[name].get(value, "missing") == "missing" and complete[name]:
                problems.append(f"{path}: «{value}» is not in {name}")
            elif codes[name].get(value) == "withdrawn":
                problems.append(f"{path}: «{value}» is withdrawn from {name}")
    told(f"IATI code lists, {seen} values", problems)


def iati_rules(document):
    """IATI's own ruleset with a full XPath: what the product checks with its small one."""
    problems, seen = [], 0
    for context, rules in json.load(open(work / "iati/rulesets/rulesets/standard.json")).items():
        for element in document.xpath(context):
            for kind, rule in rules.items():
                for case in rule["cases"]:
                    seen += 1
                    if not holds(kind, case, element):
                        info = case.get("ruleInfo") or next(iter(case["do"].values()))["cases"][0]["ruleInfo"]
                        problems.append(f"{info['severity']} {info['id']}: {info['message']}")
    told(f"IATI ruleset, {seen} questions", problems)


def words(found):
    return [str(one if isinstance(one, str) else one.text or "") for one in found]


def holds(kind, case, at):
    if kind == "loop":
        (inner, rule), values = next(iter(case["do"].items())), words(at.xpath(case["foreach"]))
        put = lambda case, value: json.loads(json.dumps(case).replace("$1", value))
        return all(holds(inner, put(one, value), at) for value in values for one in rule["cases"])
    if "condition" in case and not at.xpath(case["condition"]):
        return True
    ask = lambda name: words(at.xpath(case[name]))[:1]
    found = [one for path in case.get("paths", []) for one in at.xpath(path)]
    texts = words(found)
    if kind == "atleast_one":
        return bool(found)
    if kind == "no_more_than_one":
        return len(found) <= 1
    if kind == "unique":
        return len(texts) == len(set(texts))
    if kind == "no_spaces":
        return all(text == text.strip() for text in texts)
    if kind == "regex_matches":
        import re

        return all(re.match(case["regex"], text) for text in texts)
    if kind == "range":
        return all(case["min"] <= float(text) <= case["max"] for text in texts)
    if kind == "strict_sum":
        return not texts or abs(sum(map(float, texts)) - case["sum"]) < 1e-6
    if kind == "if_then":
        return not at.xpath(case["if"]) or bool(at.xpath(case["then"]))
    if kind == "startswith":
        agencies = etree.parse(work / "iati/codelists-nonembedded/xml/OrganisationRegistrationAgency.xml")
        own = agencies.xpath("//code/text()") if case["prefix"] == ["ORG-ID-PREFIX"] else None
        prefixes = own or [text for path in case["prefix"] for text in words(at.xpath(path))]
        return all(any(text.startswith(p + case.get("separator", "")) for p in prefixes) for text in texts)
    if kind == "one_or_all":
        needs = {"lang": ".//narrative[not(@xml:lang)]", "currency": ".//value[not(@currency)]", "sector": "transaction[not(sector)]"}
        return bool(at.xpath(case["one"])) or not at.xpath(needs[case["all"]])
    now = date.today().isoformat()
    if kind in ("date_now", "date_order"):
        less = ask("date") if kind == "date_now" else ask("less")
        more = [now] if kind == "date_now" or case["more"] == "NOW" else ask("more")
        # A demonstration has its own today: dates after the machine's are held against the file's.
        more = [max(more[0], made)] if more == [now] else more
        return not less or not more or less[0][:10] <= more[0][:10]
    if kind == "time_limit":
        start, end = ask("start"), ask("end")
        return not start or not end or (date.fromisoformat(end[0]) - date.fromisoformat(start[0])).days <= 366
    raise SystemExit(f"the rule {kind} is not known")


def ocds_packages(folder):
    status, out, err = run(
        tools / "libcoveocds", "-s", "1.1", "--standard-zip", ocds_zip,
        "-o", work / "cove", "-d", folder / "releases.json",
    )
    said = json.loads(out) if status == 0 else {"validation_errors": [err[-400:]]}
    told("OCDS release package (libcoveocds)", said["validation_errors"] + list(said.get("additional_closed_codelist_values", {})))

    schema = json.load(open(ocds / "release-schema.json"))
    validator = jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker())
    releases = json.load(open(folder / "releases.json"))["releases"]
    problems = [f"{one['id']}: {error.message}" for one in releases for error in validator.iter_errors(one)]
    if len({one["id"] for one in releases}) != len(releases):
        problems.append("a release's id comes twice")
    told(f"OCDS release schema, {len(releases)} releases", problems)

    # The package's references lead to the network; the same files are here.
    def local(uri):
        return Resource.from_contents(json.load(open(ocds / uri.rsplit("/", 1)[-1])), DRAFT4)

    package = json.load(open(ocds / "record-package-schema.json"))
    records = json.load(open(folder / "records.json"))
    validator = jsonschema.Draft4Validator(package, registry=Registry(retrieve=local))
    problems = [error.message[:300] for error in validator.iter_errors(records)]
    told(f"OCDS record package schema, {len(records['records'])} records", problems)

    merger, problems = ocdsmerge.Merger(schema), []
    for record in records["records"]:
        ours, theirs = record["compiledRelease"], merger.create_compiled_release(record["releases"])
        if ours != theirs:
            different = [field for field in {*ours, *theirs} if ours.get(field) != theirs.get(field)]
            problems.append(f"{record['ocid']}: {different} compiles otherwise by ocdsmerge")
    told("OCDS compiled releases (ocdsmerge)", problems)


def hxl_tables(folder):
    for name in FILES["hxl"]:
        schema = here / "standards" / f"hxl-{name.removesuffix('.csv')}.json"
        status, out, err = run(tools / "hxlvalidate", "-s", schema, folder / name)
        told(f"HXL {name}", [] if status == 0 else (out or err).splitlines())


def tables(folder):
    status, out, err = run(tools / "frictionless", "validate", "datapackage.json", cwd=folder)
    told("data package (frictionless)", [] if status == 0 else (out or err).splitlines())
    rows = {path.name: sum(1 for _ in csv.reader(open(path))) - 1 for path in sorted(folder.glob("*.csv"))}
    print("     ", rows)


source = sys.argv[1]
folder = fetched(source.rstrip("/")) if source.startswith("http") else pathlib.Path(source)
document = etree.parse(folder / "iati/activities.xml")
made = document.getroot().get("generated-datetime")
iati_schema(folder / "iati/activities.xml")
iati_codes(document)
iati_rules(document)
ocds_packages(folder / "ocds")
hxl_tables(folder / "hxl")
tables(folder / "csv")
print(f"open data: {sum(outcomes)} passed, {len(outcomes) - sum(outcomes)} failed")
sys.exit(0 if all(outcomes) else 1)
