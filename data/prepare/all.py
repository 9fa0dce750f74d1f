"""Makes every prepared file again, in the order they need each other, and verifies the result.

usage: all.py SOURCE_DIR CLDR_DIR
"""
import os
import subprocess
import sys

if len(sys.argv) != 3:
    sys.exit("usage: all.py SOURCE_DIR CLDR_DIR")
here = os.path.dirname(os.path.abspath(__file__))
for script, arguments in (("schools.py", sys.argv[1:2]), ("outlines.py", sys.argv[1:2]), ("gazetteer.py", sys.argv[1:2]),
                          ("countries.py", sys.argv[1:3]), ("languages.py", sys.argv[1:3]), ("sample.py", sys.argv[1:2]),
                          ("attribution.py", []), ("verify.py", [])):
    print("==", script)
    subprocess.run([sys.executable, "-B", os.path.join(here, script), *arguments], check=True)
