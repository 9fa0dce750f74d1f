"""Languages with their names, and the languages of each country.

usage: languages.py SOURCE_DIR CLDR_DIR   (CLDR_DIR: unpacked npm package cldr-localenames-full)
"""
import json
import sys

from common import OUT, number, read_csv, save_csv

LOCALES = ("en", "fr", "ar")
NOT_LANGUAGES = {"und", "mul", "mis", "zxx", "root"}
# Languages of the shipped sample that the source does not name or place.
NAMES = {"miq": ("Miskito", "miskito", "الميسكيتو"),
         "apc": ("Levantine Arabic", "arabe levantin", "العربية الشامية"),
         "cab": ("Garifuna", "garifuna", "الغاريفونا"), "luo": ("Luo", "luo", "لغة اللو"),
         "pko": ("Pökoot", "pökoot", "البوكوت"), "sav": ("Saafi-Saafi", "saafi-saafi", "السافي"),
         "mfv": ("Mandjak", "manjaque", "الماندجاك"), "bci": ("Baoulé", "baoulé", "الباولي"),
         "sef": ("Cebaara Senoufo", "sénoufo cebaara", "السينوفو"), "dnj": ("Dan", "dan", "الدان"),
         "ffm": ("Maasina Fulfulde", "peul du Macina", "فولانية ماسينا"),
         "fuq": ("Central-Eastern Niger Fulfulde", "peul du centre-est du Niger", "فولانية وسط النيجر وشرقه"),
         "fuv": ("Nigerian Fulfulde", "peul du Nigeria", "الفولانية النيجيرية"),
         "mwk": ("Kita Maninkakan", "malinké de Kita", "مالينكية كيتا"), "ife": ("Ifè", "ifè", "الإيفي"),
         "cak": ("Kaqchikel", "kaqchikel", "الكاقشيكل"), "kek": ("Qʼeqchiʼ", "q’eqchi’", "الكيقتشي"),
         "mam": ("Mam", "mam", "المام"), "syl": ("Sylheti", "sylheti", "السيلهيتية"),
         "rkt": ("Rangpuri", "rangpuri", "الرانغبورية"), "rue": ("Rusyn", "ruthène", "الروثينية")}
MORE = [("HN", "miq", "", "")]


def main(src, cldr):
    names = {}
    for locale in LOCALES:
        with open(f"{cldr}/main/{locale}/languages.json", encoding="utf-8") as f:
            names[locale] = json.load(f)["main"][locale]["localeDisplayNames"]["languages"]
    countries = {r["iso2"] for r in read_csv(f"{OUT}/countries.csv")}
    with open(f"{src}/languages_cldr/territoryInfo.json", encoding="utf-8") as f:
        territories = json.load(f)["supplemental"]["territoryInfo"]
    shares, used = [], set()
    for iso2 in sorted(countries & set(territories)):
        together = {}
        for tag, info in territories[iso2].get("languagePopulation", {}).items():
            code = tag.split("_")[0]                    # scripts of one language are added up
            percent = float(info.get("_populationPercent", "0"))
            old = together.get(code, (0.0, ""))
            status = old[1] or info.get("_officialStatus", "")
            together[code] = (min(100.0, old[0] + percent), status)
        for code, (percent, status) in together.items():
            shares.append((iso2, code, number(f"{percent:.4g}") if percent else "", status))
    shares += [m for m in MORE if m[:2] not in {s[:2] for s in shares}]
    shares.sort(key=lambda s: (s[0], -float(s[2] or 0), s[1]))
    used = {s[1] for s in shares}
    rows = []
    for code in sorted(used | {c for c in names["en"] if "-" not in c and c not in NOT_LANGUAGES} | set(NAMES)):
        row = NAMES.get(code) or tuple(names[locale].get(code, "") for locale in LOCALES)
        if code in used or all(row):
            rows.append((code, *row))
    missing = [r[0] for r in rows if not all(r[1:])]
    print(f"languages without a name in one of the three: {len(missing)} {missing[:40]}")
    save_csv("languages.csv", ["code", "name_en", "name_fr", "name_ar"], rows)
    save_csv("country_languages.csv", ["iso2", "language", "percent", "official"], shares)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: languages.py SOURCE_DIR CLDR_DIR")
    main(*sys.argv[1:])
