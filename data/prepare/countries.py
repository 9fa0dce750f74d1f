"""Countries with their names in four languages and the latest value of each indicator.

usage: countries.py SOURCE_DIR CLDR_DIR   (CLDR_DIR: unpacked npm package cldr-localenames-full)
"""
import gzip
import json
import sys

from common import read_csv, save_csv

LOCALES = ("en", "fr", "ar", "es")
UN_NAMES = {"PS": ("State of Palestine", "État de Palestine", "دولة فلسطين", "Estado de Palestina"),
            "MM": ("Myanmar", "Myanmar", "ميانمار", "Myanmar")}
# Left the United Nations list of least developed countries after the source drew up its groups.
GRADUATED = {"GQ", "VU", "BT", "ST"}

# The United Nations list of landlocked developing countries (32).
LANDLOCKED = set("AF AM AZ BT BO BW BF BI CF TD SZ ET KZ KG LA LS MW ML MD MN NP NE MK PY RW SS TJ TM UG UZ ZM ZW".split())

GAPMINDER = [  # column, file, decimals
    ("internet_users_percent", "internet_users", 1),
    ("broadband_per_100", "broadband_subscribers_per_100_people", 2),
    ("cell_phones_per_100", "cell_phones_per_100_people", 1),
    ("rural_percent", "rural_population_percent_of_total", 1),
    ("basic_water_percent", "at_least_basic_water_source_overall_access_percent", 1),
    ("home_electricity_kwh_per_person", "residential_electricity_use_per_person", 0),
    ("personal_computers_per_100", "personal_computers_per_100_people", 1),
    ("extreme_poverty_percent", "extreme_poverty_percent_people_below_300_a_day", 1),
    ("out_of_school_primary", "children_out_of_school_primary", 0),
    ("out_of_school_primary_girls", "children_out_of_school_primary_female", 0),
    ("out_of_school_primary_boys", "children_out_of_school_primary_male", 0),
    ("girls_per_boy_enrolled", "ratio_of_girls_to_boys_in_primary_and_secondary_education_perc", 3),
    ("primary_completion_percent", "primary_completion_rate_total_percent_of_relevant_age_group", 1),
    ("youth_literacy_percent", "literacy_rate_youth_total_percent_of_people_ages_15_24", 1),
    ("youth_literacy_girls_percent", "literacy_rate_youth_female_percent_of_females_ages_15_24", 1),
]
TRACKER = [  # column, code, decimals
    ("population", "wb_SP_POP_TOTL", 0), ("population_0_14", "wb_SP_POP_0014_TO", 0),
    ("enrolled_preprimary", "wb_SE_PRE_ENRL", 0), ("enrolled_preprimary_girls", "wb_SE_PRE_ENRL_FE", 0),
    ("enrolled_preprimary_boys", "wb_UIS_E_02_M", 0),
    ("enrolled_primary", "wb_SE_PRM_ENRL", 0), ("enrolled_primary_girls", "wb_SE_PRM_ENRL_FE", 0),
    ("enrolled_primary_boys", "wb_UIS_E_1_M", 0),
    ("enrolled_lower_secondary", "wb_UIS_E_2", 0), ("enrolled_lower_secondary_girls", "wb_UIS_E_2_F", 0),
    ("enrolled_lower_secondary_boys", "wb_UIS_E_2_M", 0),
    ("enrolled_upper_secondary", "wb_UIS_E_3", 0), ("enrolled_upper_secondary_girls", "wb_UIS_E_3_F", 0),
    ("enrolled_upper_secondary_boys", "wb_UIS_E_3_M", 0),
    ("age_group_preprimary", "wb_SP_PRE_TOTL_IN", 0), ("age_group_primary", "wb_SP_PRM_TOTL_IN", 0),
    ("age_group_primary_girls", "wb_SP_PRM_TOTL_FE_IN", 0), ("age_group_primary_boys", "wb_SP_PRM_TOTL_MA_IN", 0),
    ("age_group_lower_secondary", "wb_SP_SEC_LTOT_IN", 0), ("age_group_upper_secondary", "wb_SP_SEC_UTOT_IN", 0),
    ("learning_poverty_percent", "wb_SE_LPV_PRIM", 1),
    ("primary_schools_with_internet_percent", "wb_UIS_SCHBSP_1_WINTERN", 1),
    ("lower_secondary_schools_with_internet_percent", "wb_UIS_SCHBSP_2_WINTERN", 1),
    ("upper_secondary_schools_with_internet_percent", "wb_UIS_SCHBSP_3_WINTERN", 1),
]


def short(value, decimals):
    text = f"{float(value):.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def main(src, cldr):
    names = {}
    for locale in LOCALES:
        with open(f"{cldr}/main/{locale}/territories.json", encoding="utf-8") as f:
            names[locale] = json.load(f)["main"][locale]["localeDisplayNames"]["territories"]
    latest = {}
    for column, file, decimals in GAPMINDER:
        for r in read_csv(f"{src}/gapminder_country/datapoints/{file}.csv"):
            if r[file] == "":
                continue
            known = latest.get((column, r["geo"]))
            if known is None or int(r["time"]) > int(known[1]):
                latest[column, r["geo"]] = (short(r[file], decimals), r["time"])
    with gzip.open(f"{src}/gert_country/global-with-indicators.min.json.gz") as f:
        tracker = {x["fields"].get("iso3166Alpha2Code"): x["fields"].get("indicators", {}) for x in json.load(f)}

    header = ["iso2", "iso3", "numeric", "name_en", "name_fr", "name_ar", "name_es", "income_group", "ldc", "lldc",
              "un_state", "region", "latitude", "longitude"]
    for column, *_ in GAPMINDER + TRACKER:
        header += [column, column + "_year"]
    rows = []
    for e in read_csv(f"{src}/gapminder_country/ddf--entities--geo--country.csv"):
        iso2 = e["iso3166_1_alpha2"]
        if not iso2 or not e["iso3166_1_alpha3"] or not e["iso3166_1_numeric"]:
            continue
        ldc = {"un_least_developed": "1", "un_not_least_developed": "0"}.get(e["un_sdg_ldc"], "")
        if iso2 in GRADUATED:
            ldc = "0"
        lldc = "1" if iso2 in LANDLOCKED else "0"
        row = [iso2, e["iso3166_1_alpha3"], e["iso3166_1_numeric"].zfill(3)]
        row += UN_NAMES.get(iso2, [names[locale][iso2] for locale in LOCALES])
        row += [e["income_groups"], ldc, lldc, "1" if e["un_state"] == "TRUE" else "0",
                e["un_sdg_region"].removeprefix("un_"), e["latitude"], e["longitude"]]
        for column, *_ in GAPMINDER:
            row += latest.get((column, e["country"]), ("", ""))
        for column, code, decimals in TRACKER:
            v = tracker.get(iso2, {}).get(code)
            row += [short(v["value"], decimals), v["date"]] if v and v["value"] is not None else ["", ""]
        rows.append(row)
    rows.sort()
    save_csv("countries.csv", header, rows)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: countries.py SOURCE_DIR CLDR_DIR")
    main(*sys.argv[1:])
