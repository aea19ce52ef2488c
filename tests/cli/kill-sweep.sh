#!/bin/sh
# Kills the program in the middle of what it does:
#
#   kill-sweep.sh changes|calls PROGRAM KILLED SOUND OLD [STRIDE|SAMPLE]
#
# KILLED, SOUND and OLD are the programs of killed.c, sound.c and old.c. Every act is done once as it
# should be, and then from the same beginning again and again: killed before its first change to the
# disk (or its first system call), before its second, its third, until it comes through. What the next
# start finds must be whole, and as it was before the act or as it is after it, and as after it when
# the program has said that it was done; the repository and the database are sound; an act that did
# not happen can be done; and the next commit works.
#
# Of the changes, STRIDE 5 takes every fifth. Of the calls, SAMPLE 30 takes thirty of each act, spread
# evenly over the whole of it; without it every call is taken, which is a quarter of an hour.

set -u

if [ -z "${PINNED-}" ]; then
    exec env -i PINNED=1 PATH="$PATH" TZ=Europe/Berlin LC_ALL=C.UTF-8 TERM=dumb \
        ASAN_OPTIONS="${ASAN_OPTIONS-}:detect_leaks=0" UBSAN_OPTIONS="${UBSAN_OPTIONS-}" \
        TURNABOUT_CLOCK=2026-11-23T09:00:00Z \
        GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null sh "$0" "$@"
fi

kind=$1
program=$(realpath "$2")
killed=$(realpath "$3")
sound=$(realpath "$4")
old=$(realpath "$5")
share=${6-}
schema=$(dirname "$(realpath "$0")")/../data/schema-1.sql
sandbox=$(mktemp -d -p /dev/shm 2>/dev/null || mktemp -d)
trap 'rm -rf "$sandbox"' EXIT
mkdir "$sandbox/home" "$sandbox/tmp"
export HOME="$sandbox/home" TMPDIR="$sandbox/tmp" TURNABOUT_HOME="$sandbox/data"

turnabout() {
    "$program" "$@"
}

# The beginnings: each goes on from where the one before left off.

nothing() {
    mkdir "$TURNABOUT_HOME"
}

a_pair() {
    turnabout pair new --mentor 'Priya Raman' --mentee 'Dana Holt' --topic 'Who gets heard'
    turnabout contract set goals 'Juniors speak first'
    turnabout contract sign --as mentor
}

in_force() {
    turnabout contract sign --as mentee
    turnabout agenda add 'Who speaks first' --minutes 25
}

running() {
    turnabout agenda share
    turnabout session start
    turnabout session note '! The first to speak sets what can be said'
    turnabout session note '> Dana: ask juniors first by 2026-12-01'
    turnabout session note '% I was nervous'
}

ended() {
    turnabout session end
}

# With the database as it was first published.
published() {
    rm -rf "$TURNABOUT_HOME"
    cp -a "$sandbox/in_force" "$TURNABOUT_HOME"
    "$old" "$TURNABOUT_HOME/turnabout.db" "$schema"
}

# All that a person would see of the data. The folder of a pair that was never finished is left
# alone, so the pair made instead has the next name.
picture() {
    for words in 'pair list --json' 'contract check' 'contract show --json' 'agenda show --json' \
        'session show --json' 'summary show --json' 'promise list --json' 'meeting list --json' \
        'log --json'; do
        # shellcheck disable=SC2086
        turnabout $words
    done 2>&1 | sed s/priya-dana-2/priya-dana/g >"$1"
}

# The data as it was at a beginning.
put_back() {
    rm -rf "$TURNABOUT_HOME"
    cp -a "$sandbox/$1" "$TURNABOUT_HOME"
}

complain() {
    failed=1
    losses=$((losses + 1))
    echo "# $act, killed at number $at of its $kind: $1"
    sed 's/^/#   /' "$sandbox/out"
}

check_files() {
    for record in "$TURNABOUT_HOME"/pairs/*/record.git/HEAD; do
        [ ! -e "$record" ] || git --git-dir "${record%/HEAD}" fsck --strict >"$sandbox/out" 2>&1 ||
            complain 'the repository is damaged'
    done
    [ ! -e "$TURNABOUT_HOME/turnabout.db" ] ||
        [ "$("$sound" "$TURNABOUT_HOME/turnabout.db" 2>"$sandbox/out")" = ok ] ||
        complain 'the database is damaged'
}

# What must hold after a kill.
look() {
    check_files
    picture "$sandbox/now"
    if cmp -s "$sandbox/before" "$sandbox/now" && ! cmp -s "$sandbox/after" "$sandbox/now"; then
        undone=$((undone + 1))
        [ ! -s "$sandbox/said" ] || complain 'what it said was done is not there'
        turnabout "$@" >"$sandbox/out" 2>&1 || complain 'the act cannot be done again'
        picture "$sandbox/now"
    fi
    diff "$sandbox/after" "$sandbox/now" >"$sandbox/out" ||
        complain 'the data is neither as before the act nor as after it'
    turnabout meeting plan '2026-12-20 10:00' >"$sandbox/out" 2>&1 ||
        complain 'the next commit does not work'
    check_files
}

# Whether the act, from its beginning, makes so many changes that it can be killed at this one.
is_killed() {
    put_back "$beginning"
    "$killed" "$kind" "$at" "$program" "$@" >"$sandbox/said" 2>"$sandbox/out"
    [ $? = 137 ]
}

# How many there are from one kill to the next.
find_stride() {
    put_back "$beginning"
    count=$("$killed" "$kind" 0 "$program" "$@" 3>&1 >/dev/null 2>&1)
    case $kind:$share in
    changes:*) stride=${share:-1} ;;
    calls:) stride=1 ;;
    calls:*) stride=$(((count + share - 1) / share)) ;;
    esac
}

# sweep BEGINNING ACT...: kills the act again and again
sweep() {
    beginning=$1
    shift
    act="$*"
    put_back "$beginning"
    picture "$sandbox/before"
    put_back "$beginning"
    turnabout "$@" >/dev/null
    picture "$sandbox/after"
    find_stride "$@"
    number=$((number + 1))
    failed=
    undone=0
    kills=0
    at=1
    while is_killed "$@"; do
        look "$@"
        kills=$((kills + 1))
        at=$((at + stride))
    done
    [ "$kills" -gt 0 ] || complain 'it was never killed'
    all=$((all + count))
    all_kills=$((all_kills + kills))
    echo "${failed:+not }ok $number $act: of $count $kind killed at $kills, $undone of them before" \
        "it was done"
    all_failed=${failed:-$all_failed}
}

# What the sweep of calls takes: every kind of writing there is.
sweep_calls() {
    echo 1..5
    sweep running session note '! Said while the power fails'
    sweep running session end
    sweep ended summary commit --next '2026-12-15 10:00'
    sweep a_pair contract sign --as mentee
    sweep published pair list
}

sweep_changes() {
    echo 1..8
    sweep nothing pair new --mentor 'Priya Raman' --mentee 'Dana Holt' --topic 'Who gets heard'
    sweep a_pair contract sign --as mentee
    sweep in_force agenda share
    sweep in_force session start
    sweep running session note '! Said while the power fails'
    sweep running session end
    sweep ended summary commit --next '2026-12-15 10:00'
    sweep published pair list
}

for beginning in nothing a_pair in_force running ended published; do
    $beginning >/dev/null
    cp -a "$TURNABOUT_HOME" "$sandbox/$beginning"
done

number=0
all=0
all_kills=0
losses=0
all_failed=
"sweep_$kind"
echo "# $all $kind, killed at $all_kills of them, $losses losses"
exit "${all_failed:-0}"
