"""Outlines for maps as SVG paths: the world, and first-level areas of the countries that have them.

usage: outlines.py SOURCE_DIR
"""
import json
import math
import os

from common import fold, read_csv, save_json, source_dir

SIDE = 1000
WORLD_WIDTH = 2000
LIMIT = 30_000
# Names that differ between the outlines and the place codes.
SAME = {
    "BEN": {"kouffo": "couffo", "atakora": "atacora"},
    "BOL": {"elbeni": "beni"},
    "GTM": {"quezaltenango": "quetzaltenango"},
    "LBN": {"annabatiyah": "elnabatieh", "baalbekhermel": "baalbekelhermel", "beqaa": "bekaa",
            "northlebanon": "north", "southlebanon": "south"},
    "MLI": {"timbuktu": "tombouctou"},
    "NGA": {"nassarawa": "nasarawa"},
    "TCD": {"villedendjamena": "ndjamena"},
    "TGO": {"centre": "centrale"},
    "TZA": {"zanzibarsouthandcentral": "kusiniunguja", "zanzibarwest": "mjinimagharibi"},
}
# Where the outlines show second-level areas, or an older division that place codes no longer describe.
LEVEL = {"BFA": "2", "GIN": "2", "PHL": "2", "CIV": "none"}
# Lebanon's outlines are the six governorates of before 2017; the codes of the two new ones lie inside.
COVERS = {"LB2": ["LB2", "LB8"], "LB5": ["LB5", "LB7"]}
ISO_HND = {"HN01": "HN-AT", "HN02": "HN-CL", "HN03": "HN-CM", "HN04": "HN-CP", "HN05": "HN-CR", "HN06": "HN-CH",
           "HN07": "HN-EP", "HN08": "HN-FM", "HN09": "HN-GD", "HN10": "HN-IN", "HN11": "HN-IB", "HN12": "HN-LP",
           "HN13": "HN-LE", "HN14": "HN-OC", "HN15": "HN-OL", "HN16": "HN-SB", "HN17": "HN-VA", "HN18": "HN-YO"}


def arcs_of(topology):
    """Absolute coordinates of every arc."""
    transform = topology.get("transform")
    result = []
    for arc in topology["arcs"]:
        if transform:
            (sx, sy), (tx, ty) = transform["scale"], transform["translate"]
            x = y = 0
            points = []
            for dx, dy in arc:
                x, y = x + dx, y + dy
                points.append((x * sx + tx, y * sy + ty))
            result.append(points)
        else:
            result.append([tuple(p) for p in arc])
    return result


def rings_of(geometry, arcs):
    """All rings of a geometry (outer and inner alike: drawn with the even-odd rule)."""
    parts = {"Polygon": [geometry.get("arcs")], "MultiPolygon": geometry.get("arcs")}.get(geometry["type"]) or []
    for part in parts:
        for ring in part:
            points = []
            for index in ring:
                line = arcs[index] if index >= 0 else arcs[~index][::-1]
                points.extend(line[1:] if points else line)
            yield points


def thin(points, tolerance):
    """Douglas-Peucker; both ends stay, so neighbours still share their border."""
    if len(points) < 3 or tolerance <= 0:
        return points
    keep = [False] * len(points)
    keep[0] = keep[-1] = True
    stack = [(0, len(points) - 1)]
    while stack:
        first, last = stack.pop()
        (x1, y1), (x2, y2) = points[first], points[last]
        dx, dy = x2 - x1, y2 - y1
        length = math.hypot(dx, dy)
        worst, at = -1.0, -1
        for i in range(first + 1, last):
            x, y = points[i]
            distance = abs(dx * (y - y1) - dy * (x - x1)) / length if length else math.hypot(x - x1, y - y1)
            if distance > worst:
                worst, at = distance, i
        if worst > tolerance:
            keep[at] = True
            stack += [(first, at), (at, last)]
    return [p for p, k in zip(points, keep) if k]


def rounded(points):
    result = []
    for x, y in points:
        p = (round(x), round(y))
        if not result or result[-1] != p:
            result.append(p)
    while len(result) > 1 and result[0] == result[-1]:
        result.pop()
    straight = []
    for i, p in enumerate(result):                      # drop points on a straight line
        a, b = result[i - 1], result[(i + 1) % len(result)]
        if (p[0] - a[0]) * (b[1] - p[1]) != (p[1] - a[1]) * (b[0] - p[0]):
            straight.append(p)
    return straight


def area(points):
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, points[1:] + points[:1]))) / 2


def path_of(rings, smallest):
    """`M x y` absolute, then relative steps, `z`: whole numbers only."""
    shapes = [s for s in (rounded(r) for r in rings) if len(s) > 2]
    shapes.sort(key=area, reverse=True)
    shapes = [s for i, s in enumerate(shapes) if i == 0 or area(s) >= smallest]
    text = ""
    for s in shapes:
        text += f"M{s[0][0]} {s[0][1]}l"
        steps = []
        for a, b in zip(s, s[1:]):
            steps += [b[0] - a[0], b[1] - a[1]]
        piece = ""
        for n in steps:
            piece += str(n) if not piece or n < 0 else f" {n}"
        text += piece + "z"
    return text


def country_file(iso3, shapes, shared):
    """shapes: [(code, iso, name, function(arc list) -> rings)]; shared: arcs or None."""
    every = [p for line in shared for p in line]
    west, east = min(p[0] for p in every), max(p[0] for p in every)
    south, north = min(p[1] for p in every), max(p[1] for p in every)
    if iso3 == "HND":                                    # the Swan Islands would halve the map
        west, east, south, north = -89.40, -83.10, 12.95, 16.55
    cos = round(math.cos(math.radians((south + north) / 2)), 4)
    lon0, lat0 = math.floor(west * 100) / 100, math.ceil(north * 100) / 100
    span = max((east - lon0) * cos, lat0 - south)
    scale = math.floor(SIDE / span * 100) / 100
    box = [0, 0, math.ceil((east - lon0) * cos * scale), math.ceil((lat0 - south) * scale)]

    def put(p):
        return ((p[0] - lon0) * cos * scale, (lat0 - p[1]) * scale)

    flat = [[put(p) for p in line] for line in shared]
    tolerance, smallest = 0.4, 2
    while True:
        lines = [thin(line, tolerance) for line in flat]
        areas = []
        for code, iso, name, rings in shapes:
            inside = [r for r in rings(lines) if any(0 <= x <= box[2] and 0 <= y <= box[3] for x, y in r)]
            path = path_of(inside, smallest)
            if not path:
                continue
            entry = {"code": code, "name": name, "path": path}
            if iso:
                entry["iso"] = iso
            if code in COVERS:
                entry["covers"] = COVERS[code]
            areas.append(entry)
        areas.sort(key=lambda a: a["code"])
        value = {"country": iso3, "viewBox": box,
                 "projection": {"kind": "equirectangular", "lon0": lon0, "lat0": lat0, "scale": scale, "cos": cos},
                 "areas": areas}
        size = len(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())
        if size <= LIMIT - 1:
            break
        tolerance, smallest = tolerance * 1.3, smallest * 1.5
    save_json(f"outlines/{iso3}.json", value)


def countries(src):
    codes = {}
    for r in read_csv(f"{src}/ocha_3w_education/download-global-pcodes-adm-1-2.csv.gz"):
        if r["Admin Level"] == LEVEL.get(r["Location"], "1"):
            codes.setdefault(r["Location"], {})[fold(r["Name"])] = r["P-Code"]
    folder = f"{src}/boundaries/admin1"
    for name in sorted(os.listdir(folder)):
        iso3 = name[:3].upper()
        if not name.endswith(".topo.json") or iso3 == "KEN":
            continue
        with open(f"{folder}/{name}", encoding="utf-8") as f:
            topology = json.load(f)
        known = codes.get(iso3, {})
        shapes, lost = [], []
        for g in next(iter(topology["objects"].values()))["geometries"]:
            label = g.get("properties", {}).get("name") or g.get("id")
            if g["type"] is None or not g.get("arcs") or label == "-99":
                continue
            own = g.get("id") or ""
            key = SAME.get(iso3, {}).get(fold(label), fold(label))
            named = len(own) > 3                         # outlines without an id are cities or errors
            code = known.get(key) if named or iso3 not in ("PER", "PHL") else None
            if iso3 == "PER" and label == "Callao":      # the source gives this name to Puno as well
                label = "Puno" if named else "Callao"
                code = known[fold(label)]
            if not code:
                lost.append(label)
                code = own.replace(".", "-") if named else own[:2] + "-" + label.upper().replace(" ", "-")
            shapes.append((code, ISO_HND.get(code), label, lambda a, g=g: rings_of(g, a)))
        country_file(iso3, shapes, arcs_of(topology))
        if lost:
            print(f"  {iso3}: {len(lost)} of {len(shapes)} areas without a place code: {', '.join(map(str, lost))}"
                  f" | {sorted(set(known) - {fold(s[2]) for s in shapes})}")
    with open(f"{folder}/ken_counties_simplified.geojson", encoding="utf-8") as f:
        features = json.load(f)["features"]
    lines, shapes = [], []
    for feature in features:
        g, p = feature["geometry"], feature["properties"]
        parts = [g["coordinates"]] if g["type"] == "Polygon" else g["coordinates"]
        mine = []
        for part in parts:
            for ring in part:
                mine.append(len(lines))
                lines.append([tuple(q) for q in ring])
        shapes.append((p["ADM1_PCODE"], None, p["ADM1_EN"], lambda a, mine=mine: [a[i] for i in mine]))
    country_file("KEN", shapes, lines)


def natural_earth(lon, lat):
    """The Natural Earth projection of Tom Patterson, polynomial of Bojan Savric."""
    l, p = math.radians(lon), math.radians(lat)
    q = p * p
    r = q * q
    x = l * (0.870700 - 0.131979 * q + r * (-0.013791 + r * (0.003971 * q - 0.001529 * r)))
    y = p * (1.007226 + q * (0.015085 + r * (-0.044475 + 0.028874 * q - 0.005916 * r)))
    return x, y


def unwrap(points):
    """Longitudes that run on beyond 180 degrees instead of jumping to the other side."""
    result = []
    for x, y in points:
        if result:
            while x - result[-1][0] > 180:
                x -= 360
            while x - result[-1][0] < -180:
                x += 360
        result.append((x, y))
    return result


def clip(points, edge, keep_west):
    """The part of a ring west (or east) of a meridian."""
    result = []
    for (x1, y1), (x2, y2) in zip(points, points[1:] + points[:1]):
        in1, in2 = (x1 <= edge, x2 <= edge) if keep_west else (x1 >= edge, x2 >= edge)
        if in1:
            result.append((x1, y1))
        if in1 != in2:
            result.append((edge, y1 + (y2 - y1) * (edge - x1) / (x2 - x1)))
    return result


def at_the_edge(ring):
    """A ring cut where it crosses the 180th meridian."""
    ring = unwrap(ring)
    for edge, turn in ((180, -360), (-180, 360)):
        if any(x > 180 for x, _ in ring) if edge > 0 else any(x < -180 for x, _ in ring):
            far = clip(ring, edge, edge < 0)
            return [p for p in (clip(ring, edge, edge > 0), [(x + turn, y) for x, y in far]) if len(p) > 2]
    return [ring]


def world(src):
    entities = [r for r in read_csv(f"{src}/gapminder_country/ddf--entities--geo--country.csv") if r["iso3166_1_alpha3"]]
    by_number = {r["iso3166_1_numeric"].zfill(3): r for r in entities}
    with open(f"{src}/boundaries/countries-110m.json", encoding="utf-8") as f:
        topology = json.load(f)
    half = natural_earth(180, 0)[0]
    scale = WORLD_WIDTH / 2 / half
    top, bottom = natural_earth(0, 84)[1], natural_earth(0, -57)[1]

    def put(p):
        x, y = natural_earth(*p)
        return ((x + half) * scale, (top - y) * scale)

    lines = [thin(unwrap(line), 0.09) for line in arcs_of(topology)]
    areas = []
    for g in topology["objects"]["countries"]["geometries"]:
        number = str(g.get("id") or "")
        if number == "010":                               # Antarctica: nobody goes to school there
            continue
        e = by_number.get(number, {})
        areas.append({"iso2": e.get("iso3166_1_alpha2", ""), "iso3": e.get("iso3166_1_alpha3", ""),
                      "numeric": number if e else "", "name": g["properties"]["name"],
                      "path": path_of([[put(p) for p in piece] for ring in rings_of(g, lines) for piece in at_the_edge(ring)], 2)})
    areas.sort(key=lambda a: (a["iso3"] or "zzz", a["name"]))
    points = {}
    for e in entities:
        if e["latitude"] and e["longitude"]:
            x, y = put((float(e["longitude"]), float(e["latitude"])))
            points[e["iso3166_1_alpha2"]] = [round(x), round(y)]
    save_json("outlines/world.json", {
        "viewBox": [0, 0, WORLD_WIDTH, math.ceil((top - bottom) * scale)],
        "projection": {"kind": "natural-earth", "half": round(half, 6), "top": round(top, 6), "scale": round(scale, 6)},
        "areas": areas, "points": dict(sorted(points.items()))})


if __name__ == "__main__":
    countries(source_dir())
    world(source_dir())
