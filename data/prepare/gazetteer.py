"""Gazetteers with explicit parents: a place's parent is never derived from its code.

usage: gazetteer.py SOURCE_DIR   (needs outlines/HND.json)
"""
import json

from common import OUT, fold, read_csv, save_csv, source_dir

HEADER = ["code", "parent", "level", "kind", "name", "aliases"]
KINDS = {"HND": ("department", "municipality"), "KEN": ("county", "sub-county"), "LBN": ("governorate", "district")}
COUNTRY = {"HND": ("HN", "Honduras", "HND"), "KEN": ("KE", "Kenya", "KEN"),
           "LBN": ("LB", "Lebanon", "LBN|Liban|لبنان")}
ALIASES = {
    "HN11": ["Bay Islands", "Islas de la Bahia"],
    "KE047": ["Nairobi North", "Nairobi West", "Nairobi South", "Nairobi City"],
    "KE013": ["Tharaka Nithi"], "KE028": ["Elgeyo Marakwet"], "KE021": ["Muranga"],
    "KE012058": ["Central Imenti"], "KE035191": ["Bureti"], "KE018092": ["Ol Joro Orok"],
    "KE043249": ["Homa Bay Town"], "KE043252": ["Suba"], "KE043251": ["Mbita"],
    "KE014065": ["Mbeere South"], "KE014066": ["Mbeere North"], "KE007027": ["Garissa Township"],
    "LB1": ["Beyrouth", "بيروت"], "LB2": ["Beqaa", "Béqaa", "البقاع"], "LB3": ["Mont-Liban", "جبل لبنان"],
    "LB4": ["Nabatiyeh", "Nabatieh", "An Nabatiyah", "Nabatîyé", "النبطية"],
    "LB5": ["North Lebanon", "Liban-Nord", "لبنان الشمالي"],
    "LB6": ["South Lebanon", "Liban-Sud", "لبنان الجنوبي"], "LB7": ["عكار"],
    "LB8": ["Baalbek-Hermel", "بعلبك الهرمل"], "LB63": ["Tyre", "Tyr", "صور"], "LB61": ["Sidon", "Saïda", "صيدا"],
    "LB11": ["Beyrouth", "بيروت"], "LB56": ["Tripoli", "طرابلس"], "LB25": ["Zahlé", "زحلة"],
}
# The one third-level code at hand; its string says nothing of its parent.
EXTRA = {"LBN": [("62179", "LB63", 3, "cadastre", "62179", "")]}


def main(src):
    with open(f"{OUT}/outlines/HND.json", encoding="utf-8") as f:
        spelt = {a["code"]: (a["name"], a["iso"]) for a in json.load(f)["areas"]}
    source = read_csv(f"{src}/ocha_3w_education/download-global-pcodes-adm-1-2.csv.gz")
    for iso3 in ("HND", "KEN", "LBN"):
        code, name, also = COUNTRY[iso3]
        rows = [(code, "", 0, "country", name, also)]
        for r in source:
            if r["Location"] != iso3:
                continue
            level = int(r["Admin Level"])
            place, label = r["P-Code"], r["Name"]
            parent = code if level == 1 else r["Parent P-Code"]
            others = list(ALIASES.get(place, []))
            if place in spelt:
                full, iso = spelt[place]
                if full != label:
                    others.append(label)
                label = full
                others += [iso, f"HN-{place[2:]}"]
            seen = []
            for o in others:
                if o != label and o not in seen:
                    seen.append(o)
            rows.append((place, parent, level, KINDS[iso3][level - 1], label, "|".join(seen)))
        rows += EXTRA.get(iso3, [])
        rows.sort(key=lambda r: (r[2], r[0]))
        save_csv(f"gazetteer/{iso3}.csv", HEADER, rows)


if __name__ == "__main__":
    main(source_dir())
