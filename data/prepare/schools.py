"""Honduras and Kenya: school registers as one file each.

usage: schools.py SOURCE_DIR
"""
from common import degrees, fold, number, read_csv, save_csv, source_dir

COLUMNS = ["school_code", "name", "address", "department", "municipality", "longitude", "latitude",
           "learners_girls", "learners_boys", "learners", "teachers_female", "teachers_male", "teachers",
           "year", "water", "internet", "electricity", "computers", "level", "status", "ward", "place_code"]

# A letter was lost in the source (U+FFFD); these words leave no doubt.
LOST = {"NI\ufffdOS": "NIÑOS", "PE\ufffdA": "PEÑA", "CABA\ufffdAS": "CABAÑAS", "ESPA\ufffdA": "ESPAÑA",
        "Caser\ufffdo": "Caserío"}

COUNTIES = {"Nairobi North": "Nairobi", "Nairobi West": "Nairobi", "Nairobi South": "Nairobi",
            "Tharaka Nithi": "Tharaka-Nithi", "Elgeyo Marakwet": "Elgeyo-Marakwet"}
SUB_COUNTIES = {"centralimenti": "centalimenti", "bureti": "buret", "oljoroorok": "oljorok",
                "homabaytown": "homabay", "suba": "subasouth", "mbita": "subanorth",
                "mbeeresouth": "gachoka", "mbeerenorth": "siakago", "garissatownship": "dujis"}


def repair(text):
    """UTF-8 that was decoded twice, field by field; fields that are right stay as they are."""
    text = text or ""
    for wrong in ("cp1252", "latin-1"):
        try:
            text = text.encode(wrong).decode("utf-8")
            break
        except (UnicodeEncodeError, UnicodeDecodeError):
            pass
    for lost, right in LOST.items():
        text = text.replace(lost, right)
    return " ".join(text.split())


def pcodes(src, iso3):
    rows = [r for r in read_csv(f"{src}/ocha_3w_education/download-global-pcodes-adm-1-2.csv.gz")
            if r["Location"] == iso3]
    first = {fold(r["Name"]): (r["P-Code"], r["Name"]) for r in rows if r["Admin Level"] == "1"}
    second = {(r["Parent P-Code"], fold(r["Name"])): r["P-Code"] for r in rows if r["Admin Level"] == "2"}
    return first, second


def honduras(src):
    places = read_csv(f"{src}/honduras_geo/hnd_geo.csv.gz")
    services = {r["deped_id"]: r for r in read_csv(f"{src}/honduras_geo/hnd_resources.csv.gz")}
    people = {}
    for r in read_csv(f"{src}/honduras_geo/hnd_personnel.csv.gz"):
        people.setdefault(r["deped_id"], []).append(r)
    first, second = pcodes(src, "HND")
    out = []
    for p in places:
        key = p["deped_id"]
        department = repair(p["adm1"])
        if department == "Bay Islands":
            department = "Islas de la Bahía"
        municipality = repair(p["adm2"])
        area = first[fold(department)][0]
        years = sorted((r for r in people.get(key, []) if r["year"]), key=lambda r: r["year"], reverse=True)
        learners = next((r for r in years if r["total_student_enrollment"] != ""), {})
        teachers = next((r for r in years if r["total_teachers"] != ""), {})
        s = services.get(key, {})
        out.append([
            key.zfill(9), repair(p["school_name"]), repair(p["address"]), department, municipality,
            degrees(p["longitude"]), degrees(p["latitude"]),
            number(learners.get("total_student_female")), number(learners.get("total_student_male")),
            number(learners.get("total_student_enrollment")),
            number(teachers.get("total_teacher_female")), number(teachers.get("total_teacher_male")),
            number(teachers.get("total_teachers")), learners.get("year", ""),
            number(s.get("water")), number(s.get("internet")), number(s.get("electricity")),
            number(s.get("computers")), "", "", "",
            second.get((area, fold(municipality)), area)])
    out.sort()
    save_csv("honduras/schools.csv.gz", COLUMNS, out)


def inside(ring, x, y):
    hit = False
    for (x1, y1), (x2, y2) in zip(ring, ring[1:]):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            hit = not hit
    return hit


def kenya(src):
    import json
    with open(f"{src}/boundaries/admin1/ken_counties_simplified.geojson", encoding="utf-8") as f:
        shapes = json.load(f)["features"]
    first, second = pcodes(src, "KEN")

    def county_at(x, y):
        for s in shapes:
            geometry = s["geometry"]
            parts = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
            if any(inside(part[0], x, y) for part in parts):
                return s["properties"]["ADM1_EN"]
        return ""

    rows = read_csv(f"{src}/kenya_schools/ken_schools.csv.gz")
    seen, out = set(), []
    for r in rows:
        x, y = r["x_coord"], r["y_coord"]
        county = COUNTIES.get(r["county"], r["county"]) or county_at(float(x), float(y))
        code = number(r["code"])
        if code in seen:                       # three codes occur in both of the source's lists
            code += "-2007"
        seen.add(code)
        area, name = first.get(fold(county), ("KE", ""))
        sub = " ".join(r["sub_county"].split())
        key = fold(sub)
        place = second.get((area, key)) or second.get((area, SUB_COUNTIES.get(key, ""))) or area
        out.append([code, " ".join(r["school_name"].split()), "", name, sub, degrees(x), degrees(y),
                    "", "", "", "", "", "", "", "", "", "", "",
                    r["level"], r["status"], " ".join(r["ward"].split()), place])
    out.sort(key=lambda r: (int(r[0].split("-")[0]), r[0]))
    save_csv("kenya/schools.csv.gz", COLUMNS, out)


if __name__ == "__main__":
    honduras(source_dir())
    kenya(source_dir())
