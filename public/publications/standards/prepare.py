"""Makes the small files the room checks its IATI against from the standard's own repositories.

usage: prepare.py IATI-DIR, a folder with codelists-embedded, codelists-nonembedded and rulesets.
"""

import glob
import json
import pathlib
import sys
import xml.etree.ElementTree as tree

iati, here = pathlib.Path(sys.argv[1]), pathlib.Path(__file__).parent
# Lists of values this room writes; the outside test reads all of them.
WRITTEN = """ActivityDateType ActivityStatus Country DocumentCategory FileFormat GeographicLocationClass
GeographicLocationReach GeographicVocabulary IndicatorMeasure IndicatorVocabulary Language
OrganisationRole OrganisationType OtherIdentifierType RelatedActivityType ResultType Sector SectorVocabulary
TagVocabulary UNSDG-Targets Version DescriptionType""".split()

lists, agencies = {}, []
for path in sorted(glob.glob(str(iati / "codelists-*/xml/*.xml"))):
    root = tree.parse(path).getroot()
    items = [(i.findtext("code").strip(), i.get("status", "active")) for i in root.iter("codelist-item")]
    if root.get("name") in WRITTEN:
        lists[root.get("name")] = {
            "complete": root.get("complete") == "1",
            "codes": [code for code, status in items if status != "withdrawn"],
            "withdrawn": [code for code, status in items if status == "withdrawn"],
        }
    if root.get("name") == "OrganisationRegistrationAgency":
        agencies = [code for code, _ in items]

paths = []
for mapping in tree.parse(iati / "codelists-embedded/mapping.xml").getroot().findall("mapping"):
    path, name = mapping.findtext("path"), mapping.find("codelist").get("ref")
    if name in lists and "iati-organisation" not in path:
        paths.append([path, mapping.findtext("condition") or "", name])
missing = set(WRITTEN) - set(lists)
assert not missing, missing

rules = json.load(open(iati / "rulesets/rulesets/standard.json"))
rules = {context: rule for context, rule in rules.items() if not context.startswith("/iati-organisations")}


def write(name, value):
    (here / name).write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n")


write("iati-codelists.json", {"paths": paths, "lists": lists, "agencies": agencies})
write("iati-ruleset.json", rules)
