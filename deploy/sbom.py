#!/usr/bin/env python3
"""Writes what the program is made of, as SPDX 2.3 (ISO/IEC 5962) JSON, to standard output.

usage: sbom.py NAME VERSION LIBRARY=VERSION...

The libraries are those that the build found, with their versions (meson hands them over); their licences
and home pages are in LIBRARIES below, where every library of the build must have its line.
The document is the same for the same input: its time is SOURCE_DATE_EPOCH's, 1970 where that is not set.
"""
import datetime, hashlib, json, os, sys

# pkg-config's name: licence as an SPDX expression, home page
LIBRARIES = {
    "libmicrohttpd": ("LGPL-2.1-or-later", "https://www.gnu.org/software/libmicrohttpd/"),
    "sqlite3": ("blessing", "https://www.sqlite.org/"),
    "libcjson": ("MIT", "https://github.com/DaveGamble/cJSON"),
    "libxml-2.0": ("MIT", "https://gitlab.gnome.org/GNOME/libxml2"),
    "libcurl": ("curl", "https://curl.se/"),
    "libutf8proc": ("MIT", "https://juliastrings.github.io/utf8proc/"),
    "libarchive": ("BSD-2-Clause", "https://www.libarchive.org/"),
    "uchardet": ("MPL-1.1 OR GPL-2.0-or-later OR LGPL-2.1-or-later", "https://www.freedesktop.org/wiki/Software/uchardet/"),
    "libseccomp": ("LGPL-2.1-only", "https://github.com/seccomp/libseccomp"),
    "nettle": ("LGPL-3.0-or-later OR GPL-2.0-or-later", "https://www.lysator.liu.se/~nisse/nettle/"),
    "zlib": ("Zlib", "https://zlib.net/"),
    "xlsxwriter": ("BSD-2-Clause", "https://libxlsxwriter.github.io/"),
}


def package(name, version, licence, home):
    return {
        "SPDXID": "SPDXRef-" + name.replace(".", "-"),
        "name": name,
        "versionInfo": version,
        "downloadLocation": "NOASSERTION",
        "filesAnalyzed": False,
        "homepage": home,
        "licenseConcluded": licence,
        "licenseDeclared": licence,
        "copyrightText": "NOASSERTION",
        "supplier": "NOASSERTION",
    }


def main(name, version, *found):
    own = package(name, version, "MIT", "NOASSERTION")
    del own["homepage"]
    libraries = []
    for library in sorted(found):
        key, _, of = library.partition("=")
        if key not in LIBRARIES:
            sys.exit(f"sbom.py: {key} has no licence in LIBRARIES")
        libraries.append(package(key, of, *LIBRARIES[key]))
    when = datetime.datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", 0)), datetime.timezone.utc)
    digest = hashlib.sha256(" ".join(sorted(found)).encode()).hexdigest()[:16]
    json.dump({
        "spdxVersion": "SPDX-2.3",
        "dataLicense": "CC0-1.0",
        "SPDXID": "SPDXRef-DOCUMENT",
        "name": f"{name}-{version}",
        "documentNamespace": f"https://spdx.org/spdxdocs/{name}-{version}-{digest}",
        "creationInfo": {"created": when.strftime("%Y-%m-%dT%H:%M:%SZ"), "creators": [f"Tool: {name}-sbom"]},
        "documentDescribes": [own["SPDXID"]],
        "packages": [own] + libraries,
        "relationships": [
            {"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES", "relatedSpdxElement": own["SPDXID"]}
        ] + [
            {"spdxElementId": own["SPDXID"], "relationshipType": "DYNAMIC_LINK", "relatedSpdxElement": p["SPDXID"]}
            for p in libraries
        ],
    }, sys.stdout, indent=1)
    print()


main(*sys.argv[1:])
