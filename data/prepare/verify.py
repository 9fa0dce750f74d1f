"""Checks everything below the data folder; ends with a failure if anything is wrong.

usage: verify.py
"""
import csv
import glob
import gzip
import io
import json
import os
import re
import sys

from common import OUT

faults = []


def expect(ok, text):
    if not ok:
        faults.append(text)


def rows(name):
    path = f"{OUT}/{name}"
    raw = (gzip.open(path) if name.endswith(".gz") else open(path, "rb")).read()
    text = raw.decode("utf-8")
    expect("\r" not in text and "\ufffd" not in text and not text.startswith("\ufeff"), f"{name}: not clean UTF-8 with LF")
    table = list(csv.reader(io.StringIO(text)))
    expect(all(len(r) == len(table[0]) for r in table), f"{name}: rows of different length")
    if name.endswith(".gz"):
        expect(open(path, "rb").read()[4:8] == b"\0\0\0\0", f"{name}: gzip carries a time")
    return [dict(zip(table[0], r)) for r in table[1:]]


def unique(name, table, key):
    expect(len({r[key] for r in table}) == len(table), f"{name}: {key} is not unique")
    return {r[key] for r in table}


def counts(table, key):
    return tuple(sum(r[key] == v for r in table) for v in ("1", "0", ""))


def schools(gazetteer):
    hnd = rows("honduras/schools.csv.gz")
    expect(len(hnd) == 16733, "honduras: rows")
    unique("honduras", hnd, "school_code")
    expect(all(re.fullmatch(r"(0[1-9]|1[0-8])\d{7}", r["school_code"]) for r in hnd), "honduras: code form")
    expect(counts(hnd, "internet") == (188, 15966, 579), "honduras: internet")
    expect(counts(hnd, "electricity") == (7566, 5972, 3195), "honduras: electricity")
    expect(counts(hnd, "computers") == (2156, 13998, 579), "honduras: computers")
    expect(counts(hnd, "water") == (10761, 2908, 3064), "honduras: water")
    expect(sum(int(r["learners"] or 0) for r in hnd) == 1633964, "honduras: learners")
    expect(sum(r["learners"] == "" for r in hnd) == 730, "honduras: schools without enrolment")
    expect(all(int(r["learners_girls"]) + int(r["learners_boys"]) == int(r["learners"]) for r in hnd if r["learners"]),
           "honduras: girls + boys")
    expect(len({r["department"] for r in hnd}) == 18, "honduras: departments")
    expect(not any(re.search("[ÃÂ][\u0080-\u00bf]", v) for r in hnd for v in r.values()), "honduras: text decoded twice")
    ken = rows("kenya/schools.csv.gz")
    expect(len(ken) == 37930, "kenya: rows")
    unique("kenya", ken, "school_code")
    expect(len({r["department"] for r in ken} - {""}) == 47, "kenya: counties")
    expect(all(r["learners"] == "" and r["internet"] == "" for r in ken), "kenya: unknown must be empty")
    for name, table, c in (("honduras", hnd, "HND"), ("kenya", ken, "KEN")):
        expect(list(table[0]) == list(hnd[0]), f"{name}: columns")
        expect(all(r["place_code"] in gazetteer[c] for r in table), f"{name}: place not in the gazetteer")


def gazetteers():
    known = {}
    for c in ("HND", "KEN", "LBN"):
        table = rows(f"gazetteer/{c}.csv")
        codes = unique(c, table, "code")
        level = {r["code"]: int(r["level"]) for r in table}
        for r in table:
            if r["level"] == "0":
                expect(r["parent"] == "", f"{c}: the country has a parent")
            else:
                expect(r["parent"] in codes and level.get(r["parent"]) == int(r["level"]) - 1, f"{c}: parent of {r['code']}")
            expect(r["name"] and r["kind"], f"{c}: name of {r['code']}")
        known[c] = {r["code"]: r for r in table}
    expect(sum(r["level"] == "1" for r in known["HND"].values()) == 18, "HND: departments")
    expect(sum(r["level"] == "2" for r in known["HND"].values()) == 298, "HND: municipalities")
    expect(sum(r["level"] == "1" for r in known["KEN"].values()) == 47, "KEN: counties")
    chain, at = [], "62179"
    while at:
        chain.append(at)
        at = known["LBN"][at]["parent"]
    expect(chain == ["62179", "LB63", "LB6", "LB"], "LBN: chain of 62179")
    return known


def drawn(path, box):
    """Walks a path of `M x y l dx dy … z` and says whether it stays in its box."""
    if not re.fullmatch(r"(M-?\d+ -?\d+l(?:-?\d+(?: (?=\d)|(?=-|z)))+z)+", path):
        return False
    for x, y, steps in re.findall(r"M(-?\d+) (-?\d+)l([^z]*)z", path):
        numbers = [int(n) for n in re.findall(r"-?\d+", steps)]
        if len(numbers) % 2:
            return False
        x, y = int(x), int(y)
        for i in range(-2, len(numbers), 2):
            if i >= 0:
                x, y = x + numbers[i], y + numbers[i + 1]
            if not (-2 <= x <= box[2] + 2 and -2 <= y <= box[3] + 2):
                return False
    return True


def outlines(gazetteer):
    names = sorted(os.path.basename(p)[:-5] for p in glob.glob(f"{OUT}/outlines/*.json"))
    expect(len(names) == 21, f"outlines: {len(names)} files")
    for name in names:
        path = f"{OUT}/outlines/{name}.json"
        with open(path, encoding="utf-8") as f:
            shape = json.load(f)
        expect(os.path.getsize(path) <= (120_000 if name == "world" else 30_000), f"outlines/{name}: too large")
        box = shape["viewBox"]
        outside = [a["name"] for a in shape["areas"] if not drawn(a["path"], box)]
        expect(not outside, f"outlines/{name}: path of {outside}")
        if name == "world":
            codes = [a["iso2"] for a in shape["areas"] if a["iso2"]]
            expect(len(codes) == len(set(codes)) >= 170, "outlines/world: codes")
            expect(len(shape["points"]) > 230, "outlines/world: points")
        else:
            codes = [a["code"] for a in shape["areas"]]
            expect(len(codes) == len(set(codes)), f"outlines/{name}: codes")
            if name in gazetteer:
                expect(all(c in gazetteer[name] for c in codes), f"outlines/{name}: codes not in the gazetteer")
                if name != "LBN":
                    wanted = {c for c, r in gazetteer[name].items() if r["level"] == "1"}
                    expect(set(codes) == wanted, f"outlines/{name}: areas missing")


CATALOGUE = {"service_classes": 22, "units": 20, "groups": 9, "isced_levels": 9, "modalities": 3, "connectivity_tiers": 4,
             "objectives": 3, "obligations": 3, "commitments": 4, "data_principles": 4, "do_no_harm": 1, "pillars": 6,
             "flagships": 3, "missions": 3, "programmes": 6, "collaboratives": 1, "toolkit": 9, "instruments": 4,
             "alignment_tags": 15, "events": 9, "how_it_works": 8, "org_kinds": 9, "severity_dimensions": 4, "phases": 3,
             "verification_criteria": 5, "decline_reasons": 12, "conditions": 8, "identifier_schemes": 16, "licences": 13,
             "evidence_levels": 5, "stakeholder_circles": 3, "publications": 3, "activity_states": 6, "claim_levels": 6, "audiences": 3, "teacher_stages": 4,
             "sovereignty_clauses": 6, "urgency": 3, "match_reasons": 14, "selection_reasons": 6}
BASE = ["code", "name_en", "name_fr", "name_ar", "description_en", "description_fr", "description_ar", "source"]


def catalogue():
    found = {os.path.basename(p)[:-4] for p in glob.glob(f"{OUT}/catalogue/*.csv")}
    expect(found == set(CATALOGUE), f"catalogue: files {found ^ set(CATALOGUE)}")
    code = {}
    for name, n in CATALOGUE.items():
        table = rows(f"catalogue/{name}.csv")
        expect(len(table) == n, f"catalogue/{name}: {len(table)} rows")
        code[name] = unique(name, table, "code")
        expect(list(table[0])[:8] == BASE, f"catalogue/{name}: columns")
        for r in table:
            expect(all(r[k] for k in BASE[:7]), f"catalogue/{name}: a text of {r['code']} is empty")
            expect(re.search("[\u0600-\u06ff]", r["name_ar"] + r["description_ar"]) and
                   re.search("[\u0600-\u06ff]", r["description_ar"]), f"catalogue/{name}: {r['code']} is not in Arabic")
            expect(r["description_en"] != r["description_fr"], f"catalogue/{name}: {r['code']} is not in French")
    for r in rows("catalogue/service_classes.csv"):
        expect(r["unit"] in code["units"], f"service class {r['code']}: unit")
        expect(r["kind"] in ("stock", "rate", "digital"), f"service class {r['code']}: kind")
        expect(r["modality"] in code["modalities"], f"service class {r['code']}: modality")
        expect(r["pillar"] in code["pillars"] | {""}, f"service class {r['code']}: pillar")
        expect(all(p in code["service_classes"] for p in r["pairs_with"].split("|") if p), f"service class {r['code']}: pairs")
    expect(sorted(int(r["bit"]) for r in rows("catalogue/conditions.csv")) == list(range(8)), "conditions: bits")
    for r in rows("catalogue/toolkit.csv"):
        expect(all(p in code["service_classes"] for p in r["service_classes"].split("|") if p), f"toolkit {r['code']}")
    return code


def sample(code, gazetteer):
    members = rows("sample/members.csv")
    known = {r["member_code"]: r for r in members}
    unique("members", members, "identifier")
    languages = {r["code"] for r in rows("languages.csv")}
    countries = {r["iso2"] for r in rows("countries.csv")}
    places = countries | {c for g in gazetteer.values() for c in g} | {"*"}
    for r in members:
        expect("(sample)" in r["name_en"] and "(exemple)" in r["name_fr"] and "(نموذج)" in r["name_ar"], f"{r['member_code']}: not marked")
        expect(r["kind"] in code["org_kinds"] and r["country"] in countries, f"{r['member_code']}: kind or country")
        expect(all(o in code["objectives"] for o in r["objectives"].split("|")), f"{r['member_code']}: objectives")
        expect(all(o in code["flagships"] for o in r["flagships"].split("|")), f"{r['member_code']}: flagships")
        expect(all(r[f"strengths_{l}"] for l in ("en", "fr", "ar")), f"{r['member_code']}: strengths")
    offers = rows("sample/offers.csv")
    unique("offers", offers, "offer_code")
    expect(len(offers) >= 60 and len(members) >= 24, "sample: too few")
    kinds = {r["code"]: r["kind"] for r in rows("catalogue/service_classes.csv")}
    for r in offers:
        o = r["offer_code"]
        expect(r["member_code"] in known, f"{o}: member")
        expect(kinds.get(r["service_class"]) == r["kind"].replace("inexhaustible", "digital"), f"{o}: kind")
        expect(all(p in places for p in r["places"].split("|")), f"{o}: places")
        expect(all(p in languages | {"*"} for p in r["languages"].split("|")), f"{o}: languages")
        expect(all(p in code["conditions"] for p in r["conditions"].split("|") if p), f"{o}: conditions")
        expect(all(p in code["isced_levels"] for p in r["levels"].split("|")), f"{o}: levels")
        expect(r["modality"] in code["modalities"] and r["min_tier"] in "0123", f"{o}: modality or tier")
        expect(r["evidence_level"] in code["evidence_levels"] and r["licence"] in code["licences"] | {""}, f"{o}: evidence or licence")
        expect(r["window_from"] < r["window_to"], f"{o}: window")
        expect(all(r[f"title_{l}"] for l in ("en", "fr", "ar")), f"{o}: title")
        if r["kind"] == "inexhaustible":
            expect(r["quantity"] == "" and r["lot_min"] == "", f"{o}: an inexhaustible offer has no quantity")
        else:
            low, step, most = int(r["lot_min"]), int(r["lot_step"]), int(r["lot_max"] or r["quantity"])
            expect(0 < step <= low <= most <= int(r["quantity"]), f"{o}: lots")
        if r["kind"] == "rate":
            quarters = (int(r["window_to"][5:7]) - int(r["window_from"][5:7]) + 1) // 3
            expect(int(r["per_period"]) * quarters == int(r["quantity"]), f"{o}: {quarters} quarters do not make the quantity")
        expect("sample" in r["member_name_en"].lower(), f"{o}: not marked")


def nations():
    table = rows("countries.csv")
    for key in ("iso2", "iso3", "numeric"):
        unique("countries", table, key)
    expect(len(table) == 247, "countries: rows")
    expect(sum(r["ldc"] == "1" for r in table) == 44 and sum(r["lldc"] == "1" for r in table) == 32, "countries: LDC or LLDC")
    for r in table:
        expect(all(r[f"name_{l}"] for l in ("en", "fr", "ar", "es")), f"countries: names of {r['iso2']}")
        for key in r:
            if key + "_year" in r:
                expect((r[key] == "") == (r[key + "_year"] == ""), f"countries: {r['iso2']} {key} without a year")
    languages = unique("languages", rows("languages.csv"), "code")
    known = {r["iso2"] for r in table}
    shares = rows("country_languages.csv")
    expect(len({(r["iso2"], r["language"]) for r in shares}) == len(shares), "country_languages: twice")
    for r in shares:
        expect(r["iso2"] in known and r["language"] in languages, f"country_languages: {r}")
        expect(r["percent"] == "" or 0 < float(r["percent"]) <= 100, f"country_languages: share {r}")


def whole():
    files = [p for p in glob.glob(f"{OUT}/**/*", recursive=True) if os.path.isfile(p) and "__pycache__" not in p]
    total = sum(os.path.getsize(p) for p in files)
    expect(total <= 6_000_000, f"total of {total:,} bytes")
    sources = rows("ATTRIBUTION.csv")
    credited = {r["file"] for r in sources}
    expect(all(r["source"] and r["licence"] and r["attribution_text"] for r in sources), "ATTRIBUTION: empty cells")
    for p in files:
        name = os.path.relpath(p, OUT)
        raw = gzip.open(p).read() if p.endswith(".gz") else open(p, "rb").read()
        text = raw.decode("utf-8")
        expect("/" + "work/" not in text and "nm" + "is" not in text.lower(), f"{name}: speaks of things that do not belong here")
        if name.split("/")[0] not in ("prepare", "licences", "README.md", "ATTRIBUTION.csv"):
            expect(name in credited or name.startswith("catalogue/"), f"{name}: no attribution")
    for name in credited - {"catalogue/*.csv"}:
        expect(os.path.exists(f"{OUT}/{name}"), f"ATTRIBUTION names {name}, which is not there")
    return len(files), total


if __name__ == "__main__":
    places = gazetteers()
    schools(places)
    outlines(places)
    sample(catalogue(), places)
    nations()
    n, size = whole()
    for fault in faults:
        print("FAULT", fault)
    print(f"{n} files, {size:,} bytes, {len(faults)} faults")
    sys.exit(1 if faults else 0)
