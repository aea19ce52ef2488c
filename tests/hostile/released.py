"""The same for the coordinator's remote: what somebody else may have put there."""

from remote import FILE, Remote

KINDS = []


def kind(refused):
    def add(function):
        KINDS.append((function.__name__.replace("_", " "), function, refused))
        return function
    return add


@kind("")
def words_that_nobody_released(remote):
    remote.edit({"pair.md": remote.text("pair.md") + b"\nThey quarrel.\n"})


@kind("")
def a_file_more(remote):
    remote.edit({"notes.md": b"about them\n"})


@kind("")
def everything_taken_away(remote):
    remote.set_main(remote.commit(remote.tree([]), [remote.main()]))


@kind("")
def a_folder_that_grows_as_it_is_read(remote):
    oid = remote.tree([(FILE, "f", remote.blob(b"x"))])
    for _ in range(12):
        oid = remote.tree([("40000", f"d{n}", oid) for n in range(10)])
    remote.edit({"bomb": ("40000", oid)})


@kind("")
def an_older_state(remote):
    remote.set_main(remote.git("rev-parse", "main~1").decode().strip())


@kind("not this pair's")
def another_pair(remote):
    tree = remote.tree([(FILE, "pair.md", remote.blob(
        b"---\nturnabout: released/1\nmentor: Ada Byron\nmentee: Bo Diddley\nlevel: takeaways\n---\n"))])
    remote.set_main(remote.commit(tree, []))


@kind("not this pair's")
def somebodys_program(remote):
    tree = remote.tree([(FILE, "main.c", remote.blob(b"int main(void) { return 0; }\n"))])
    remote.set_main(remote.commit(tree, []))


@kind("holds a pair's record")
def a_record(remote):
    tree = remote.tree([(FILE, "README.md", remote.blob(
        b"---\nturnabout: record/1\nmentor: Ada Byron\nmentee: Bo Diddley\n---\n"))])
    remote.set_main(remote.commit(tree, []))


@kind("")
def a_branch_that_is_gone(remote):
    remote.git("update-ref", "-d", "refs/heads/main")
