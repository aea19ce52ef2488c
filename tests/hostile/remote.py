"""A repository that somebody has tampered with: objects of any bytes, and branches that lead anywhere.

Loose objects are written as git keeps them, but without git's own checks, so that everything can be
made; what is large comes from `git fast-import`.
"""

import hashlib
import os
import subprocess
import zlib

FILE, RUNS, FOLDER, LINK, OTHER = "100644", "100755", "40000", "120000", "160000"
PERSON = b"Mallory <mallory@example.org> 1795600000 +0100"


class Remote:
    def __init__(self, path):
        self.path = path

    def git(self, *words, feed=None):
        done = subprocess.run(["git", "--git-dir", self.path, *words], input=feed, check=True,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        return done.stdout

    # Objects

    def put(self, kind, data):
        """One object; its id."""
        whole = kind.encode() + b" %d\0" % len(data) + data
        name = hashlib.sha1(whole).hexdigest()
        folder = os.path.join(self.path, "objects", name[:2])
        file = os.path.join(folder, name[2:])
        if not os.path.exists(file):
            os.makedirs(folder, exist_ok=True)
            with open(file, "wb") as out:
                out.write(zlib.compress(whole, 1))
        return name

    def blob(self, data):
        return self.put("blob", data if isinstance(data, bytes) else data.encode())

    def tree(self, entries):
        """Of (mode, name, id), in any order; names may be bytes that git would never write."""
        rows = [(mode, name if isinstance(name, bytes) else name.encode(), oid)
                for mode, name, oid in entries]
        rows.sort(key=lambda row: row[1] + (b"/" if row[0] == FOLDER else b""))
        return self.put("tree", b"".join(mode.encode() + b" " + name + b"\0" + bytes.fromhex(oid)
                                         for mode, name, oid in rows))

    def commit(self, tree, parents=(), message=b"By hand\n", author=PERSON, committer=None,
               headers=b"", raw=None):
        text = b"tree %s\n" % tree.encode()
        text += b"".join(b"parent %s\n" % parent.encode() for parent in parents)
        text += b"author " + author + b"\ncommitter " + (committer or author) + b"\n"
        return self.put("commit", raw if raw is not None else text + headers + b"\n" + message)

    # What is there

    def main(self):
        return self.git("rev-parse", "refs/heads/main").decode().strip()

    def set_main(self, commit):
        with open(os.path.join(self.path, "refs/heads/main"), "w", encoding="ascii") as out:
            out.write(commit + "\n")

    def list(self, tree):
        """(mode, name, id) of a tree."""
        rows = []
        for row in self.git("ls-tree", "-z", tree).split(b"\0")[:-1]:
            facts, name = row.split(b"\t", 1)
            mode, _, oid = facts.decode().split(" ")
            rows.append((mode.lstrip("0"), name, oid))
        return rows

    def text(self, path, commit="main"):
        return self.git("cat-file", "blob", f"{commit}:{path}")

    # Tampering

    def with_entry(self, tree, path, entry):
        """The tree with (mode, id) at a path; None takes away what stands there."""
        first, _, rest = path.partition(b"/")
        rows = self.list(tree) if tree else []
        own = [row for row in rows if row[1] == first]
        rows = [row for row in rows if row[1] != first]
        if rest:
            below = own[0][2] if own and own[0][0] == FOLDER else None
            rows.append((FOLDER, first, self.with_entry(below, rest, entry)))
        elif entry:
            rows.append((entry[0], first, entry[1]))
        return self.tree(rows)

    def edit(self, changes, **commit):
        """One more commit on main; of {path: bytes, (mode, id), or None}."""
        tree = self.git("rev-parse", "main^{tree}").decode().strip()
        for path, content in changes.items():
            path = path if isinstance(path, bytes) else path.encode()
            if isinstance(content, (bytes, str)):
                content = (FILE, self.blob(content))
            tree = self.with_entry(tree, path, content)
        self.set_main(self.commit(tree, [self.main()], **commit))

    def say(self, **commit):
        """One more commit that changes nothing."""
        tree = self.git("rev-parse", "main^{tree}").decode().strip()
        self.set_main(self.commit(tree, commit.pop("parents", [self.main()]), **commit))

    def fast_import(self, stream):
        """A stream for git fast-import, an iterable of bytes."""
        with subprocess.Popen(["git", "--git-dir", self.path, "fast-import", "--quiet", "--force"],
                              stdin=subprocess.PIPE, stderr=subprocess.DEVNULL) as git:
            for part in stream:
                git.stdin.write(part)
            git.stdin.close()
            if git.wait() != 0:
                raise RuntimeError("git fast-import")
