"""Helpers shared by the scripts that prepare the shipped data. Standard library only."""
import csv
import gzip
import io
import json
import os
import sys
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.dirname(HERE)


def source_dir():
    if len(sys.argv) != 2:
        sys.exit(f"usage: {os.path.basename(sys.argv[0])} SOURCE_DIR")
    return sys.argv[1]


def read_csv(path):
    """Rows of a CSV or CSV.GZ file as dictionaries (byte order mark removed)."""
    raw = gzip.open(path) if path.endswith(".gz") else open(path, "rb")
    with raw:
        return list(csv.DictReader(io.TextIOWrapper(raw, encoding="utf-8-sig", newline="")))


def csv_bytes(header, rows):
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8")


def save(name, data):
    """Write bytes below the data folder; `.gz` is compressed with a zero time stamp."""
    path = os.path.join(OUT, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    if name.endswith(".gz"):
        packed = io.BytesIO()
        with gzip.GzipFile(filename="", mode="wb", fileobj=packed, mtime=0, compresslevel=9) as z:
            z.write(data)
        data = packed.getvalue()
    with open(path, "wb") as f:
        f.write(data)
    print(f"{name}: {len(data):,} bytes")


def save_csv(name, header, rows):
    save(name, csv_bytes(header, rows))


def save_json(name, value):
    save(name, (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode("utf-8"))


def fold(text):
    """Compare names without case, accents, spaces and signs."""
    return "".join(c for c in unicodedata.normalize("NFD", text.lower()) if c.isalnum())


def number(text):
    """A number as short text; empty stays empty (unknown is never 0)."""
    if text is None or text == "":
        return ""
    value = float(text)
    return str(int(value)) if value == int(value) else repr(value)


def degrees(text):
    """Five decimals: about one metre."""
    return "" if text in (None, "") else f"{float(text):.5f}".rstrip("0").rstrip(".")
