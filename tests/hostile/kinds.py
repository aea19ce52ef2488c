"""The kinds of tampering: a row of a table or a small function each.

A kind is a function that spoils a remote, and a word that the sentence must have when it is refused;
"" when it must be taken, and then shown safely. What nobody can foresee, because git itself may say
no first, has ANY.
"""

import os
import shutil
import subprocess

from remote import FILE, FOLDER, LINK, OTHER, RUNS

ANY, TAKEN = None, ""
UNPROVED = "Nothing is released"  # the record takes it; the released repository does not follow
KINDS = []

# A title for the window, a colour, a bell, a C1 control, bidirectional marks, a line separator.
EVIL = ("\x1b]0;taken over\x07 \x1b[31mred\x1b[2J \u009b2J \u202eevil\u202c \u2066x\u2069 \b\b\x7f \u200b"
        " \u2028 \u0007").encode()

PAPERS = {
    "README.md": "record",
    "contract.md": "contract",
    "signatures.md": "signatures",
    "meetings.md": "meetings",
    "promises.md": "promises",
    "sessions/01/agenda.md": "agenda",
    "sessions/01/summary.md": "summary",
    "sessions/01/reply.md": "reply",
    "sessions/01/release.md": "release",
    "contract-proposed.md": "contract",
}


def kind(refused):
    def add(function):
        KINDS.append((function.__name__.replace("_", " "), function, refused))
        return function
    return add


def paper(remote, path):
    """The paper as it is, or one that could stand there."""
    try:
        return remote.text(path)
    except subprocess.CalledProcessError:
        return b"---\nturnabout: " + PAPERS[path].encode() + b"/1\nsession: 1\n---\n# A paper\n\nText\n"


# Every paper

def add_paper(name, path, change, refused):
    KINDS.append((f"{path}: {name}", lambda remote: remote.edit({path: change(paper(remote, path))}),
                  refused))


def with_front(old, new):
    return lambda text: text.replace(b"turnabout: " + old.encode() + b"/1",
                                     b"turnabout: " + new.encode())


for _path, _kind in PAPERS.items():
    add_paper("another kind", _path, with_front(_kind, "letter/1"), _path)
    add_paper("a newer version", _path, with_front(_kind, _kind + "/99"), "newer")
    add_paper("evil words", _path, lambda text: text + b"\n- " + EVIL + b"\n\n# " + EVIL + b"\n", TAKEN)

ODD_PAPERS = [
    ("no front matter", lambda text: b"# Hello\n", "does not say what it is"),
    ("empty", lambda text: b"", "does not say what it is"),
    ("a front matter that never ends", lambda text: b"---\nturnabout: meetings/1\n", "never ends"),
    ("a version of many digits", with_front("meetings", "meetings/" + "9" * 400), "meetings.md"),
    ("version 0", with_front("meetings", "meetings/0"), "meetings.md"),
    ("a NUL", lambda text: text + b"\0more", "NUL"),
    ("not UTF-8", lambda text: text + b"\xff\xfe\xc0\x80", "UTF-8"),
    ("UTF-16", lambda text: text.decode().encode("utf-16"), "meetings.md"),
    ("5 MB", lambda text: text + b"x" * (5 << 20), "too large"),
    ("a line of almost 4 MB", lambda text: text + b"- " + b"x" * (4000 << 10), TAKEN),
    ("a million lines", lambda text: text + b"-\n" * 1000000, "2000 entries"),
    ("20,000 dates", lambda text: text + b"".join(
        b"- M%d 2026-12-01T10:00:00+01:00 planned\n" % n for n in range(10, 20010)), "2000 entries"),
    ("1,500 dates", lambda text: text + b"".join(
        b"- M%d 2026-12-01T10:00:00+01:00 planned\n" % n for n in range(10, 1510)), TAKEN),
    ("ids twice", lambda text: text + b"- M1 2026-12-01T10:00:00+01:00 planned\n" * 3, TAKEN),
    ("ids at the edge", lambda text: text + b"".join(
        b"- M%s 2026-12-01T10:00:00+01:00 planned\n" % n for n in (
            b"0", b"-1", b"4294967295", b"4294967296", b"18446744073709551616", b"9999999")), TAKEN),
    ("dates that are none", lambda text: text + b"".join(
        b"- M%d %s planned\n" % (n, when) for n, when in enumerate((
            b"0000-00-00T00:00:00Z", b"9999-99-99T99:99:99+99:99", b"-1", b"2026-02-30T10:00:00+01:00",
            b"99999-12-01T10:00:00+01:00"), 20)), TAKEN),
    ("a session number of any size", lambda text: text + b"".join(
        b"- M%d 2026-12-01T10:00:00+01:00 held as session %s, 99999999 min\n" % (n, number)
        for n, number in enumerate((b"0", b"99999", b"4294967295", b"9999999"), 30)), TAKEN),
    ("a date that was moved in a ring", lambda text: text + b"".join(
        b"- M%d 2026-12-01T10:00:00+01:00 moved to M%d by mentee: %s\n" % (n, 41 + n % 3, EVIL)
        for n in (40, 41, 42)), TAKEN),
]
for _name, _change, _refused in ODD_PAPERS:
    add_paper(_name, "meetings.md", _change, _refused)

for _path, _name, _lines, _refused in [
    ("promises.md", "ids twice and at the edge",
     b"- [ ] P1 Dana Holt: again\n" * 3 + b"- [x] P4294967295 Nobody: " + EVIL + b" (due 0000-00-00, "
     b"session 4294967295, done 9999-12-31, told 1)\n- [ ] P0 Dana Holt: none\n", TAKEN),
    ("promises.md", "20,000 of them",
     b"".join(b"- [ ] P%d Dana Holt: promise (session 1)\n" % n for n in range(50, 20050)), TAKEN),
    ("sessions/01/release.md", "50,000 strikes",
     b"\n## Struck\n\n" + b"".join(b"- sha256 %064x\n" % n for n in range(50000)), "1000 entries"),
    ("sessions/01/release.md", "strikes that are none, keys twice and of no date",
     b"\n## Struck\n\n- 99999999999999999999\n- -1\n- sha256 zz\n- sha256 " + b"a" * 100000 + b"\n"
     + b"- sha256 %064x\n" % 7 * 3 + b"\n## Approved\n\n"
     + b"- mentor Priya Raman, 9999-99-99T99:00:00+01:00, sha256 %064x\n" % 7 * 3
     + b"- coordinator " + EVIL + b", 2026-11-21T18:30:00+01:00, sha256 %064x\n" % 7, TAKEN),
    ("signatures.md", "signed by strangers",
     b"- v1 mentor Mallory, 2026-11-21T18:30:00+01:00, sha256 " + b"0" * 64 + b"\n"
     b"- v999999 mentee Dana Holt, 2026-11-21T18:30:00+01:00, sha256 " + b"f" * 64 + b"\n"
     b"- v1 coordinator " + EVIL + b", yesterday, sha256 zz\n", TAKEN),
    ("contract.md", "twenty thousand goals and a clause twice",
     b"\n## Goals\n\n" + b"- a goal\n" * 20000 + b"\n## Length of a session\n\n99999999999999 minutes\n"
     b"\n## Number of sessions\n\n-5 sessions\n", TAKEN),
    ("sessions/01/agenda.md", "20,000 items",
     b"".join(b"%d. An item (9999999999 min)\n" % n for n in range(1, 20001)), TAKEN),
    ("sessions/01/summary.md", "20,000 takeaways of any depth",
     b"\n## Takeaways\n" + b"".join(b"%s- t\n" % (b" " * (n % 200)) for n in range(20000)), TAKEN),
]:
    add_paper(_name, _path, lambda text, lines=_lines: text + b"\n" + lines, _refused)


@kind(TAKEN)
def names_of_strangers_in_the_contract(remote):
    remote.edit({"contract.md": remote.text("contract.md").replace(b"Dana Holt", b"Mallory \x1b[31m")})


@kind("Ada")
def the_record_of_another_pair(remote):
    remote.edit({"README.md": remote.text("README.md").replace(b"Dana Holt", b"Ada Byron")})


@kind("README.md")
def a_readme_without_people(remote):
    remote.edit({"README.md": b"---\nturnabout: record/1\n---\n# Nobody\n"})


@kind("README.md")
def a_name_of_control_characters(remote):
    remote.edit({"README.md": b"---\nturnabout: record/1\nmentor: \x1b[31mPriya\nmentee: Dana Holt\n---\n"})


@kind("not the record")
def no_readme(remote):
    remote.edit({"README.md": None})


@kind("not the record")
def an_empty_tree(remote):
    remote.set_main(remote.commit(remote.tree([]), [remote.main()]))


@kind(TAKEN)
def everything_gone_but_the_readme(remote):
    rows = [row for row in remote.list("main") if row[1] == b"README.md"]
    remote.set_main(remote.commit(remote.tree(rows), [remote.main()]))


@kind("not the record")
def what_is_released_in_its_place(remote):
    tree = remote.tree([(FILE, "pair.md", remote.blob(b"---\nturnabout: released/1\nlevel: nothing\n---\n"))])
    remote.set_main(remote.commit(tree, [remote.main()]))


# Folders and names

def add_entry(name, path, entry, refused):
    """`entry` is given the remote and gives (mode, id)."""
    KINDS.append((name, lambda remote: remote.edit({path: entry(remote)}), refused))


def link_to(target):
    return lambda remote: (LINK, remote.blob(target))


def file_of(text):
    return lambda remote: (FILE, remote.blob(text))


def folder_of(remote):
    return FOLDER, remote.tree([(FILE, "x", remote.blob(b"x"))])


for _name, _path, _entry, _refused in [
    ("a link to a file", "notes.md", link_to(b"README.md"), "symbolic link"),
    ("a link out of the record", "sessions/01/agenda.md", link_to(b"../../../../../canary/file"),
     "symbolic link"),
    ("a link to an absolute path", "contract.md", link_to(b"/etc/passwd"), "symbolic link"),
    ("a folder that is a link", "sessions/02", link_to(b"../.."), "symbolic link"),
    ("a submodule", "module", lambda remote: (OTHER, remote.main()), "repository of its own"),
    ("a submodule for a session", "sessions/02", lambda remote: (OTHER, "1" * 40),
     "repository of its own"),
    ("a program", "run.sh", lambda remote: (RUNS, remote.blob(b"#!/bin/sh\ntouch hacked\n")), TAKEN),
    ("a mode that is none", "odd", lambda remote: ("100777", remote.blob(b"x")), ANY),
    ("a file where sessions belong", "sessions", file_of(b"x"), "where a folder belongs"),
    ("a file where a session belongs", "sessions/02", file_of(b"x"), "where a folder belongs"),
    ("a folder where the contract belongs", "contract.md", folder_of, "where a file belongs"),
    ("a folder where an agenda belongs", "sessions/02/agenda.md", folder_of, "where a file belongs"),
    ("a folder where the README belongs", "README.md", folder_of, "where a file belongs"),
    ("a name of 300 bytes", b"n" * 300, file_of(b"x"), "300 bytes"),
    ("a name that is not UTF-8", b"caf\xe9.md", file_of(b"x"), "not UTF-8"),
    ("a name with an escape", b"a\x1b[31mred", file_of(b"x"), "control characters"),
    ("a name with a line end", b"a\nturnabout: done", file_of(b"x"), "control characters"),
    ("a name that turns the direction", "a\u202etxt.md", file_of(b"x"), "control characters"),
    ("a name with a backslash", b"..\\..\\x", file_of(b"x"), ANY),
    ("a session 0", "sessions/00/agenda.md", file_of(b"---\nturnabout: agenda/1\nsession: 0\n---\n1. x\n"),
     TAKEN),
    ("a session 99999", "sessions/99900s/99999/summary.md",
     file_of(b"---\nturnabout: summary/1\nsession: 99999\n---\n# x\n\n## Takeaways\n- t\n"), TAKEN),
    ("a session that says another number", "sessions/02/summary.md",
     file_of(b"---\nturnabout: summary/1\nsession: 4294967295\nminutes: {planned: -1, lasted: 99999999999}\n"
             b"present: [\"\n---\n# x\n"), TAKEN),
    ("a binary file of the pair's own", "photo.jpg", file_of(b"\0\xff\xd8\xff" * 1000), TAKEN),
    ("a file of 5 MB of the pair's own", "film.mp4", file_of(b"f" * (5 << 20)), "too large"),
    ("a key file that is none", "contract-signers", file_of(b"mentor ssh-ed25519 AAAA\n* " + EVIL), TAKEN),
    ("a signature that is none", "signatures/v1-mentor.sig", file_of(b"-----BEGIN\n" + EVIL),
     UNPROVED),
]:
    add_entry(_name, _path, _entry, _refused)


def add_named(name, what, refused):
    """A name that git would refuse in an index: straight into a tree."""
    def spoil(remote):
        rows = remote.list("main") + [(FILE, what, remote.blob(b"x"))]
        remote.set_main(remote.commit(remote.tree(rows), [remote.main()]))
    KINDS.append((name, spoil, refused))


for _what in (b"..", b".", b".git", b".GIT", b"git~1", ".g\u200cit".encode(), b"", b"a/b", b"../../x"):
    add_named(f"a file named {_what!r}", _what, ANY)


@kind(ANY)
def a_folder_named_dot_git(remote):
    hooks = remote.tree([(RUNS, "post-checkout", remote.blob(b"#!/bin/sh\ntouch hacked\n"))])
    rows = remote.list("main") + [(FOLDER, b".git", remote.tree([(FOLDER, "hooks", hooks)]))]
    remote.set_main(remote.commit(remote.tree(rows), [remote.main()]))


@kind(ANY)
def the_same_name_twice(remote):
    rows = remote.list("main") + [(FILE, b"README.md", remote.blob(b"another"))]
    remote.set_main(remote.commit(remote.tree(rows), [remote.main()]))


@kind(ANY)
def a_tree_out_of_order(remote):
    rows = remote.list("main")
    rows.reverse()
    data = b"".join(mode.encode() + b" " + name + b"\0" + bytes.fromhex(oid) for mode, name, oid in rows)
    remote.set_main(remote.commit(remote.put("tree", data), [remote.main()]))


@kind(ANY)
def a_tree_of_garbage(remote):
    remote.set_main(remote.commit(remote.put("tree", b"not a tree at all"), [remote.main()]))


@kind(ANY)
def a_folder_that_is_a_file(remote):
    remote.edit({"sessions/02": (FOLDER, remote.blob(b"x"))})


@kind(ANY)
def a_file_that_is_a_folder(remote):
    remote.edit({"notes.md": (FILE, remote.tree([]))})


def import_files(remote, paths, size=b"data 1\nx\n"):
    def stream():
        yield (b"commit refs/heads/main\ncommitter Mallory <m@example.org> 1795600000 +0000\ndata 1\nx\n"
               b"from refs/heads/main^0\n")
        for path in paths:
            yield b"M 100644 inline " + path + b"\n" + size
    remote.fast_import(stream())


@kind("files and folders")
def two_hundred_thousand_files(remote):
    import_files(remote, (b"f/%d/%d" % (n // 500, n) for n in range(200000)))


@kind("too large")
def one_folder_of_a_hundred_thousand_files(remote):
    import_files(remote, (b"f%d" % n for n in range(100000)))


@kind("deep")
def folders_5000_deep(remote):
    import_files(remote, [b"d/" * 5000 + b"file"])


@kind("deep")
def folders_20_deep(remote):
    import_files(remote, [b"d/" * 20 + b"file"])


@kind("files and folders")
def a_tree_that_grows_as_it_is_read(remote):
    oid = remote.tree([(FILE, "f", remote.blob(b"x"))])
    for _ in range(12):
        oid = remote.tree([(FOLDER, f"d{n}", oid) for n in range(10)])
    remote.edit({"bomb": (FOLDER, oid)})


@kind("files and folders")
def such_a_tree_in_an_older_commit(remote):
    clean = remote.git("rev-parse", "main^{tree}").decode().strip()
    a_tree_that_grows_as_it_is_read(remote)
    remote.set_main(remote.commit(clean, [remote.main()]))


@kind(TAKEN)
def a_link_in_an_older_commit(remote):
    clean = remote.git("rev-parse", "main^{tree}").decode().strip()
    remote.edit({"promises.md": (LINK, remote.blob(b"/etc/passwd")), "sessions/01": (OTHER, "2" * 40)})
    remote.set_main(remote.commit(clean, [remote.main()]))


@kind("MB together")
def a_hundred_megabytes_in_all(remote):
    blob = b"data %d\n" % (3 << 20) + b"y" * (3 << 20) + b"\n"
    import_files(remote, (b"big/%d" % n for n in range(34)), blob)


@kind("too large")
def a_file_that_unpacks_to_256_megabytes(remote):
    def stream():
        yield b"blob\nmark :1\ndata %d\n" % (256 << 20)
        for _ in range(256):
            yield bytes(1 << 20)
        yield (b"\ncommit refs/heads/main\ncommitter M <m@example.org> 1795600000 +0000\ndata 1\nx\n"
               b"from refs/heads/main^0\nM 100644 :1 zeros\n")
    remote.fast_import(stream())


# Commits

def add_commit(name, refused, **commit):
    KINDS.append((name, lambda remote: remote.say(**commit), refused))


for _name, _refused, _commit in [
    ("a message of control characters", TAKEN, {"message": EVIL + b"\n\n" + EVIL + b"\nSession: 1\n"}),
    ("an author of control characters", TAKEN,
     {"author": b"\x1b[31mMallory\x07 <m@\x1b[2Jx> 1795600000 +0100"}),
    ("no message", TAKEN, {"message": b""}),
    ("a message that is not UTF-8", TAKEN, {"message": b"\xff\xfe caf\xe9\n"}),
    ("a message with a NUL", ANY, {"message": b"one\0two\n"}),
    ("a message of 60 KB", TAKEN, {"message": b"m" * 60000}),
    ("a message of 5 MB", "too large", {"message": b"m" * (5 << 20)}),
    ("a trailer of any size", TAKEN, {"message": b"x\n\nSession: 99999999999999999999\nMentor: " + EVIL + b"\n"}),
    ("a time of long ago", ANY, {"author": b"M <m@x> -99999999999999 +0000"}),
    ("a time without an end", ANY, {"author": b"M <m@x> 99999999999999999999999 +0000"}),
    ("a time in the far future", TAKEN, {"author": b"M <m@x> 9999999999999 +0000"}),
    ("a zone that is none", ANY, {"author": b"M <m@x> 1795600000 +9999"}),
    ("a zone of many digits", ANY, {"author": b"M <m@x> 1795600000 +99999999999999"}),
    ("no name", TAKEN, {"author": b" <m@x> 1795600000 +0000"}),
    ("no address", ANY, {"author": b"M 1795600000 +0000"}),
    ("a name of 20 KB", TAKEN, {"author": b"M" * 20000 + b" <m@x> 1795600000 +0000"}),
    ("a signature that is none", TAKEN,
     {"headers": b"gpgsig -----BEGIN SSH SIGNATURE-----\n " + EVIL.replace(b"\n", b"") + b"\n -----END\n"}),
    ("an unknown header", TAKEN, {"headers": b"evil " + EVIL + b"\nencoding latin-9\n"}),
    ("a tag merged in", TAKEN,
     {"headers": b"mergetag object " + b"1" * 40 + b"\n type commit\n tag v1\n tagger M <m@x> 1 +0000\n \n x\n"}),
    ("nothing but a tree", ANY, {"raw": b"tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n"}),
    ("no tree", ANY, {"raw": b"author M <m@x> 1 +0000\ncommitter M <m@x> 1 +0000\n\nx\n"}),
    ("garbage", ANY, {"raw": b"\0\1\2 garbage"}),
]:
    add_commit(f"a commit: {_name}", _refused, **_commit)


@kind(TAKEN)
def an_octopus(remote):
    tip = remote.main()
    arms = [remote.commit(remote.git("rev-parse", "main^{tree}").decode().strip(), [tip],
                          message=b"arm %d\n" % n) for n in range(8)]
    remote.say(parents=arms)


@kind("parents")
def an_octopus_of_forty_arms(remote):
    tip = remote.main()
    arms = [remote.commit(remote.git("rev-parse", "main^{tree}").decode().strip(), [tip],
                          message=b"arm %d\n" % n) for n in range(40)]
    remote.say(parents=arms)


@kind(ANY)
def the_same_parent_twice(remote):
    remote.say(parents=[remote.main(), remote.main()])


@kind(ANY)
def a_parent_that_is_not_there(remote):
    remote.say(parents=[remote.main(), "3" * 40])


@kind(ANY)
def a_parent_that_is_a_file(remote):
    remote.say(parents=[remote.main(), remote.blob(b"x")])


def import_commits(remote, count, start=b"from refs/heads/main^0\n"):
    def stream():
        for n in range(count):
            yield (b"commit refs/heads/main\ncommitter M <m@example.org> %d +0000\ndata 2\nx\n\n"
                   % (1795600000 + n))
            yield start if n == 0 else b""
    remote.fast_import(stream())


@kind("commits")
def a_hundred_thousand_commits(remote):
    import_commits(remote, 100000)


@kind(TAKEN)
def a_thousand_commits(remote):
    import_commits(remote, 1000)


# Histories

@kind("rewritten")
def an_unrelated_history_of_the_same_two(remote):
    tree = remote.git("rev-parse", "main^{tree}").decode().strip()
    remote.set_main(remote.commit(tree, [], message=b"Pair: again\n"))


@kind("rewritten")
def a_history_cut_short(remote):
    remote.set_main(remote.git("rev-parse", "main~3").decode().strip())


@kind("rewritten")
def a_history_with_another_end(remote):
    tree = remote.git("rev-parse", "main^{tree}").decode().strip()
    remote.set_main(remote.commit(tree, [remote.git("rev-parse", "main~2").decode().strip()]))


@kind("rewritten")
def a_history_whose_dates_run_backwards(remote):
    parent, tree = remote.git("rev-parse", "main~3").decode().strip(), None
    tree = remote.git("rev-parse", "main^{tree}").decode().strip()
    for n in range(200):
        parent = remote.commit(tree, [parent], author=b"M <m@x> %d +0000" % (1795600000 - n * 86400))
    remote.set_main(parent)


@kind("empty now")
def a_branch_that_is_gone(remote):
    os.unlink(os.path.join(remote.path, "refs/heads/main"))


@kind("empty now")
def tags_only(remote):
    remote.git("update-ref", "refs/tags/v1", "main")
    os.unlink(os.path.join(remote.path, "refs/heads/main"))


@kind(TAKEN)
def a_head_that_is_elsewhere(remote):
    with open(os.path.join(remote.path, "HEAD"), "w", encoding="ascii") as out:
        out.write("ref: refs/heads/../../../../canary/file\n")
    remote.edit({"notes.md": b"mine\n"})


@kind(ANY)
def a_branch_that_is_a_tag(remote):
    tag = remote.put("tag", b"object %s\ntype commit\ntag v1\ntagger M <m@x> 1 +0000\n\nx\n"
                     % remote.main().encode())
    remote.set_main(tag)


@kind(ANY)
def a_branch_that_is_a_file(remote):
    remote.set_main(remote.blob(b"x"))


@kind(ANY)
def a_branch_that_is_garbage(remote):
    remote.set_main("x" * 40)


@kind(ANY)
def a_branch_that_leads_to_nothing(remote):
    remote.set_main("4" * 40)


@kind(TAKEN)
def ten_thousand_other_branches(remote):
    tip = remote.main()
    with open(os.path.join(remote.path, "packed-refs"), "w", encoding="ascii") as out:
        out.write("# pack-refs with: peeled fully-peeled sorted\n")
        out.writelines(f"{tip} refs/heads/b{n:05d}\n" for n in range(10000))


# Repositories

@kind(ANY)
def a_repository_of_sha256(remote):
    shutil.rmtree(remote.path)
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", "--object-format=sha256", remote.path],
                   check=True)
    tree = remote.git("mktree", feed=b"").decode().strip()
    commit = remote.git("-c", "user.name=M", "-c", "user.email=m@x", "commit-tree", "-m", "x",
                        tree).decode().strip()
    remote.git("update-ref", "refs/heads/main", commit)


@kind(ANY)
def no_repository_at_all(remote):
    shutil.rmtree(remote.path)
    os.mkdir(remote.path)


@kind(ANY)
def a_file_in_its_place(remote):
    shutil.rmtree(remote.path)
    with open(remote.path, "wb") as out:
        out.write(b"x" * 100)


@kind(ANY)
def objects_borrowed_from_the_canary(remote):
    with open(os.path.join(remote.path, "objects/info/alternates"), "w", encoding="ascii") as out:
        out.write("/nonexistent/objects\n../../../canary/objects\n")
    remote.edit({"notes.md": b"mine\n"})


@kind(ANY)
def a_shallow_copy(remote):
    with open(os.path.join(remote.path, "shallow"), "w", encoding="ascii") as out:
        out.write(remote.git("rev-parse", "main~1").decode())
    remote.edit({"notes.md": b"mine\n"})


def newest_file(remote):
    oid = remote.git("rev-parse", "main:notes.md").decode().strip()
    return os.path.join(remote.path, "objects", oid[:2], oid[2:])


def add_broken(name, spoil):
    def run(remote):
        remote.edit({"notes.md": b"mine " * 1000})
        file = newest_file(remote)
        os.chmod(file, 0o644)
        spoil(file)
    KINDS.append((name, run, ANY))


def overwrite(file, change):
    with open(file, "rb") as source:
        data = source.read()
    with open(file, "wb") as out:
        out.write(change(data))


add_broken("an object that is cut off", lambda file: overwrite(file, lambda data: data[:12]))
add_broken("an object that is garbage", lambda file: overwrite(file, lambda data: b"\x78\x01" + b"z" * 50))
add_broken("an object that is empty", lambda file: overwrite(file, lambda data: b""))
add_broken("an object that is missing", os.unlink)


@kind(ANY)
def an_object_that_is_another(remote):
    remote.edit({"notes.md": b"mine " * 1000})
    other = remote.blob(b"not what the name says")
    shutil.copyfile(os.path.join(remote.path, "objects", other[:2], other[2:]), newest_file(remote))


@kind(ANY)
def a_configuration_that_runs_programs(remote):
    remote.git("config", "uploadpack.packObjectsHook", "touch ../canary/hacked;")
    remote.git("config", "core.fsmonitor", "touch ../canary/hacked")
    remote.git("config", "core.hooksPath", "hooks")
    remote.edit({".gitattributes": b"* filter=evil diff=evil merge=evil\n",
                 ".gitmodules": b"[submodule \"../x\"]\n\tpath = ../x\n\turl = -u./evil\n",
                 ".gitconfig": b"[core]\n\tfsmonitor = touch hacked\n"})
