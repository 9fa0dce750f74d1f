"""The stories that ship: a choice of African Storybook's CC BY stories, as an archive and a table of credits.

usage: storybook.py FOLDER_OF_ASP_SOURCE MANIFEST_CSV
"""
import csv
import sys
import zipfile
from collections import Counter
from pathlib import Path

# How many of each language: those spoken in eastern Africa first, then widely spoken ones.
WANTED = {"en": 14, "sw": 14, "fr": 8, "am": 4, "so": 4, "om": 4, "ki": 4, "luo": 4, "guz": 3, "kam": 3, "kln": 3,
          "mer": 3, "mas": 4, "saq": 2, "teo": 2, "lg": 4, "rw": 3, "ha": 3, "yo": 3, "zu": 4, "pt": 4, "xh": 2,
          "ti": 1, "ny": 2}
FREE = ("[CC-BY]", "CC BY")


def choose(rows):
    """Those found in the most languages, each number once for a language, none too long or too short."""
    free = [r for r in rows if r["license"] in FREE and r["lang_dir"] in WANTED and r["text_by"]
            and r["language_field"].split()[:1] == [r["lang_dir"]]]
    known_in = Counter(r["story_no"] for r in free)
    chosen = []
    for lang, most in WANTED.items():
        own = [r for r in free if r["lang_dir"] == lang and int(r["words"]) < 1500 and int(r["pages"]) >= 4]
        own.sort(key=lambda r: (-known_in[r["story_no"]], r["story_no"]))
        seen = {}
        for row in own:
            seen.setdefault(row["story_no"], row)
        chosen += list(seen.values())[:most]
    return sorted(chosen, key=lambda r: (r["lang_dir"], r["file"]))


def main(source, manifest, out=Path(__file__).parent.parent / "storybook"):
    with open(manifest, encoding="utf-8") as file:
        chosen = choose(list(csv.DictReader(file)))
    out.mkdir(exist_ok=True)
    with zipfile.ZipFile(out / "stories.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for row in chosen:
            info = zipfile.ZipInfo(f"{row['lang_dir']}/{row['file']}", (2025, 12, 1, 0, 0, 0))
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(info, (Path(source) / row["lang_dir"] / row["file"]).read_bytes())
    with open(out / "stories.csv", "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["file", "language", "story", "title", "licence", "text_by", "illustration_by",
                        "translation_by", "pages", "words"])
        for r in chosen:
            table.writerow([f"{r['lang_dir']}/{r['file']}", r["lang_dir"], r["story_no"], r["title"], "CC BY 4.0",
                            r["text_by"], r["illustration_by"], r["translation_by"], r["pages"], r["words"]])


if __name__ == "__main__":
    main(*sys.argv[1:3])
