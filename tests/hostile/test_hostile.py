"""Tampered remotes: `sync` and `pair join` meet each kind (kinds.py, released.py).

    test_hostile.py PROGRAM [NAME...]

Whatever is there: the program ends with 0, or with 1 and one sentence; no control reaches a terminal;
nothing outside of the pair is touched; main is what it was, or has all of it; the record is sound; the
draft and the running session are there; and what was taken can be read with every command.
"""

import os
import shutil
import sys
import tempfile

sys.dont_write_bytecode = True  # nothing is written beside the sources

import kinds
import released
from remote import Remote
from victim import (World, Wrong, check_drafts, check_end, check_files, check_main, check_reading,
                    check_record)


def expect(done, refused, words):
    """Taken, or refused with this word."""
    said = done.stderr.decode(errors="replace") + done.stdout.decode(errors="replace")
    if refused is None:
        return
    if refused == "" and done.returncode != 0:
        raise Wrong(f"{words} refuses what can be taken: {said}")
    if refused and (done.returncode != 1 or refused not in said):
        raise Wrong(f"{words} does not refuse it with \"{refused}\": {done.returncode}, {said[:700]}")


def sync(world, refused):
    before, main = world.files(), world.main()
    done = world.run("sync")
    check_end(done, "sync")
    expect(done, refused, "sync")
    check_main(world, main)
    said = done.stderr.decode()
    taken = done.returncode == 0 or kinds.UNPROVED in said
    if not taken and "conflict list" not in said and world.main() != main:
        raise Wrong("sync refused it and moved main")
    check_record(world)
    check_drafts(world)
    if taken:
        check_reading(world)
    check_files(world, before, world.files())
    again = world.run("sync", "--json")
    check_end(again, "sync --json")


def join(world, refused):
    before = world.files()
    done = world.run("pair", "join", world.remote, "--as", "mentor", home=world.joiner)
    check_end(done, "pair join")
    if refused is not None and refused not in ("rewritten", "empty now", "Ada", kinds.UNPROVED):
        expect(done, refused, "pair join")
    pairs = [name for name in os.listdir(os.path.join(world.joiner, "pairs")) if name != ".join.lock"]
    if done.returncode == 1 and pairs:
        raise Wrong(f"pair join refused it and left {pairs}")
    if done.returncode == 0 and pairs == ["priya-dana"]:
        check_record(world, world.joiner)
        check_reading(world, world.joiner)
    check_files(world, before, world.files())


def meet(template, folder, spoil, refused):
    world = World(template.program, folder)
    world.copy_of(template)
    try:
        spoil(Remote(world.remote))
        join(world, refused)
        sync(world, refused)
    finally:
        shutil.rmtree(world.folder)


def meet_released(template, folder, spoil, refused):
    world = World(template.program, folder)
    world.copy_of(template)
    try:
        spoil(Remote(world.coordinator))
        theirs = Remote(world.coordinator).main() if refused else None
        sync(world, refused)
        if refused and Remote(world.coordinator).main() != theirs:
            raise Wrong("what is somebody else's was overwritten")
        if not refused:
            check_released(world)
    finally:
        shutil.rmtree(world.folder)


def check_released(world):
    ours = os.path.join(world.home, "pairs", "priya-dana", "released.git")
    if Remote(ours).main() != Remote(world.coordinator).main():
        raise Wrong("the coordinator's remote does not have what the two let go")


def main():
    program, chosen = os.path.realpath(sys.argv[1]), sys.argv[2:]
    rows = [(name, meet, spoil, refused) for name, spoil, refused in kinds.KINDS]
    rows += [(f"released: {name}", meet_released, spoil, refused)
             for name, spoil, refused in released.KINDS]
    if chosen:
        rows = [row for row in rows if any(word in row[0] for word in chosen)]
    memory = "/dev/shm"
    sandbox = os.path.realpath(tempfile.mkdtemp(dir=memory if os.access(memory, os.W_OK) else None))
    template = World(program, os.path.join(sandbox, "template"))
    template.make()
    print(f"1..{len(rows)}", flush=True)
    failed = 0
    for number, (name, run, spoil, refused) in enumerate(rows, 1):
        try:
            run(template, os.path.join(sandbox, f"case{number:04d}"), spoil, refused)
            print(f"ok {number} {name}", flush=True)
        except Exception as problem:  # pylint: disable=broad-except
            failed += 1
            print(f"not ok {number} {name}\n# " + str(problem).replace("\n", "\n# "), flush=True)
    shutil.rmtree(sandbox)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
