#!/usr/bin/env python3
"""The manual page and the completions are whole: every command, option, format and setting stands in them, and bash completes
what it should. Other shells look at the syntax where they are installed. Prints what differs; exit 1 if anything does."""
import re, shutil, subprocess, sys

import made

found = []


def say(ok, text):
    if not ok: found.append(text)


def run(*arguments, text=None):
    return subprocess.run(arguments, input=text, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def program(*arguments):
    return run(made.PROGRAM, *arguments).stdout


COMPLETE = """
try() { COMP_LINE=$1; COMP_POINT=${#1}; read -ra COMP_WORDS <<<"$1"; [[ $1 == *' ' ]] && COMP_WORDS+=("")
  COMP_CWORD=$((${#COMP_WORDS[@]}-1)); _synoptic; echo "$1|${COMPREPLY[*]}"; }
"""


def main():
    commands = re.findall(r"^  (\w+) +\S", program("--help"), re.M)
    export = program("export", "--help")
    formats = re.search(r"format of the export: ([\w, ]+) \(default", export)[1].split(", ")
    settings = re.findall(r"^  (\w+)  +\S", export.split("Settings,")[1], re.M)
    options = {c: re.findall(r"^  --([\w-]+)", program(c, "--help"), re.M) for c in commands}
    say(len(commands) > 12 and len(formats) > 12 and len(settings) > 8, "the help itself")
    manual = program("manual")
    plain = manual.replace("\\-", "-")
    for word in [*commands, *formats, *settings, *(f"--{o}" for c in commands for o in options[c])]: say(f"\\fB{word}\\fR" in plain, f"manual: no {word}")
    if shutil.which("groff"): say(run("groff", "-man", "-ww", "-Tutf8", "-z", text=manual).stdout == "", "manual: groff complains")
    for shell in ("bash", "zsh", "fish"):
        script = program("completion", shell)
        for word in [*commands, *formats, *(o for c in commands for o in options[c])]: say(word in script, f"{shell}: no {word}")
        for setting in settings: say(f"{setting}=" in script, f"{shell}: no {setting}=")
        if shutil.which(shell): say(run(shell, "-n", text=script).stdout == "", f"{shell}: syntax")
    say(run(made.PROGRAM, "completion", "csh").returncode == 2, "completion for a shell we do not know")
    want = {"synoptic ex": "export extract", "synoptic export --fo": "--format", "synoptic export --format ge": "gexf", "synoptic export mode=o": "one",
            "synoptic export nod": "nodes=actors nodes=organisations nodes=outlets nodes=issues", "synoptic extract --type ": "auto html text body statements actors", "synoptic backup --": "--help --version --json --db"}
    out = run("bash", "-c", program("completion", "bash") + COMPLETE + "\n".join(f"try {line!r}" for line in want)).stdout
    got = dict(line.split("|", 1) for line in out.splitlines())
    for line in want: say(sorted(got.get(line, "").split()) == sorted(want[line].split()), f"{line!r}: {got.get(line)!r}")


main()
print(*found[:40], f"{len(found)} faults", sep="\n")
sys.exit(bool(found))
