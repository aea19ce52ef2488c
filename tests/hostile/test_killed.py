"""Joining and syncing that are killed on the way, sooner and later: nothing is half, and the next try
does it.

    test_killed.py PROGRAM
"""

import os
import shutil
import sys
import tempfile
import time

sys.dont_write_bytecode = True  # nothing is written beside the sources

from victim import World, Wrong, check_drafts, check_record

STEPS = 24
LONGEST = 0.3  # seconds


def killed(world, after, *words, home=None):
    """Starts it and kills it so many seconds later; whether it was still there to be killed."""
    child = world.start(*words, home=home)
    time.sleep(after)
    was_there = child.poll() is None
    child.kill()
    child.wait()
    return was_there


def join(world, after):
    words = ["pair", "join", world.remote, "--as", "mentor"]
    home = world.joiner
    shutil.rmtree(home, ignore_errors=True)
    was_there = killed(world, after, *words, home=home)
    done = world.run(*words, home=home)
    said = done.stderr.decode()
    if done.returncode != 0 and "here already" not in said:
        raise Wrong(f"killed after {after:.3f} s, joining does not work any more: {said}")
    pairs = sorted(name for name in os.listdir(os.path.join(home, "pairs")) if name != ".join.lock")
    if pairs != ["priya-dana"]:
        raise Wrong(f"killed after {after:.3f} s, there is {pairs}")
    if world.remote not in world.do("remote", "list", home=home):
        raise Wrong(f"killed after {after:.3f} s, the remote is not known")
    if "nothing new" not in world.do("sync", home=home):
        raise Wrong(f"killed after {after:.3f} s, the record is not whole")
    check_record(world, home)
    return was_there


def sync(world, after):
    minute = int(after * 10000)
    world.do("meeting", "plan", f"2027-01-05 {minute // 60 % 24:02d}:{minute % 60:02d}")
    world.do("meeting", "plan", f"2028-01-05 {minute // 60 % 24:02d}:{minute % 60:02d}", home=world.joiner)
    world.do("sync", home=world.joiner)
    was_there = killed(world, after, "sync")
    world.do("sync")
    world.do("sync", home=world.joiner)
    check_record(world)
    check_drafts(world)
    if world.main() != world.main(world.joiner):
        raise Wrong(f"killed after {after:.3f} s, the two are not the same")
    return was_there


def sweep(world, number, act):
    """From at once to longer than it takes, closer together at the beginning."""
    kills = sum(act(world, LONGEST * step * step / STEPS / STEPS) for step in range(STEPS))
    print(f"ok {number} {act.__name__}: killed on its way {kills} times of {STEPS}", flush=True)


def main():
    sandbox = os.path.realpath(tempfile.mkdtemp())
    world = World(os.path.realpath(sys.argv[1]), os.path.join(sandbox, "world"))
    world.make()
    print("1..2", flush=True)
    try:
        sweep(world, 1, join)
        sweep(world, 2, sync)
    except Wrong as problem:
        print(f"not ok 2 {problem}")
        return 1
    finally:
        shutil.rmtree(sandbox)
    return 0


if __name__ == "__main__":
    sys.exit(main())
