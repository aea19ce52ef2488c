#!/bin/sh
# Works on a disk that is full, and on one that is read-only:
#
#   full-disk.sh PROGRAM SOUND OLD [STEP]
#
# Every act is tried again and again on a small file system of its own, with no free space first, then
# with STEP KiB more (8), until it comes through. Each time it either does all that it should, or says
# in one line what is wrong and exits with 1; then, with room made, what is found is as before the act
# or as after it, the repository and the database are sound, and the act works, or the next commit does.
# On a file system that is read-only a command of each family that writes is tried, and those that read.
#
# It needs to mount a tmpfs: as root, or in a name space of its own. Where neither is allowed, it says
# so and is skipped.

set -u

if [ -z "${PINNED-}" ]; then
    for own in 'unshare -m' 'unshare -rm'; do
        if $own sh -c 'mount -t tmpfs -o size=1m none /mnt' 2>/dev/null; then
            # shellcheck disable=SC2086
            exec env -i PINNED=1 PATH="$PATH" TZ=Europe/Berlin LC_ALL=C.UTF-8 TERM=dumb \
                ASAN_OPTIONS="${ASAN_OPTIONS-}:detect_leaks=0" UBSAN_OPTIONS="${UBSAN_OPTIONS-}" \
                TURNABOUT_CLOCK=2026-11-23T09:00:00Z \
                GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null $own sh "$0" "$@"
        fi
    done
    echo '1..0 # SKIP a small file system cannot be mounted here, not as root and not in a name space'
    exit 0
fi

program=$(realpath "$1")
sound=$(realpath "$2")
old=$(realpath "$3")
step=${4-8}
schema=$(dirname "$(realpath "$0")")/../data/schema-1.sql
sandbox=$(mktemp -d)
disk=$sandbox/disk
trap 'umount "$disk"; rm -rf "$sandbox"' EXIT
mkdir "$sandbox/home" "$sandbox/tmp" "$disk"
mount -t tmpfs -o size=8m,mode=700 none "$disk" || exit 1
export HOME="$sandbox/home" TMPDIR="$sandbox/tmp" TURNABOUT_HOME="$disk/data"

turnabout() {
    "$program" "$@"
}

# The beginnings: each goes on from where the one before left off.

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
    turnabout session note '% I was nervous'
}

ended() {
    turnabout session end
}

# The other has shared something, on a disk with room.
behind() {
    git init -q --bare -b main "$sandbox/pair.git"
    turnabout remote set record "$sandbox/pair.git"
    turnabout sync
    git clone -q "$sandbox/pair.git" "$sandbox/other"
    head -c 60000 /dev/urandom | base64 >"$sandbox/other/paper.txt"
    git -C "$sandbox/other" add paper.txt
    git -C "$sandbox/other" -c user.name=Dana -c user.email=dana@example.org commit -q -m 'A paper'
    git -C "$sandbox/other" push -q origin main
}

published() {
    "$old" "$TURNABOUT_HOME/turnabout.db" "$schema"
}

picture() {
    for words in 'pair list --json' 'contract check' 'contract show --json' 'agenda show --json' \
        'session show --json' 'summary show --json' 'promise list --json' 'meeting list --json' \
        'log --json'; do
        # shellcheck disable=SC2086
        turnabout $words
    done >"$1" 2>&1
}

put_back() {
    rm -rf "$TURNABOUT_HOME" "$disk/filler"
    cp -a "$sandbox/$1" "$TURNABOUT_HOME"
}

# Leaves so many KiB.
fill_but() {
    free=$(df --output=avail -k "$disk" | tail -n 1)
    head -c $(((free - $1) * 1024)) /dev/zero >"$disk/filler"
}

complain() {
    failed=1
    losses=$((losses + 1))
    echo "# $act, with $room: $1"
    sed 's/^/#   /' "$sandbox/out"
}

check_files() {
    for record in "$TURNABOUT_HOME"/pairs/*/record.git; do
        git --git-dir "$record" fsck --strict >"$sandbox/out" 2>&1 ||
            complain 'the repository is damaged'
    done
    [ "$("$sound" "$TURNABOUT_HOME/turnabout.db" 2>"$sandbox/out")" = ok ] ||
        complain 'the database is damaged'
}

# One line that says what is wrong, and 1.
check_refusal() {
    [ "$status" = 1 ] || complain "it exited with $status"
    [ "$(wc -l <"$sandbox/out")" = 1 ] && grep -qE "$1" "$sandbox/out" ||
        complain 'it does not say in one line what is wrong'
    [ ! -s "$sandbox/said" ] || complain 'it says that it was done'
}

# What must hold once there is room again.
look() {
    check_files
    picture "$sandbox/now"
    if [ "$status" = 0 ]; then
        cmp "$sandbox/after" "$sandbox/now" >"$sandbox/out" || complain 'what it said was done is lost'
    else
        cmp "$sandbox/before" "$sandbox/now" >"$sandbox/out" || complain 'it was half done'
        turnabout "$@" >"$sandbox/out" 2>&1 || complain 'it cannot be done with room again'
        picture "$sandbox/now"
        diff "$sandbox/after" "$sandbox/now" >"$sandbox/out" || complain 'done again, it is not whole'
    fi
    turnabout meeting plan '2026-12-20 10:00' >"$sandbox/out" 2>&1 ||
        complain 'the next commit does not work'
    check_files
}

try() {
    room="$kib KiB free"
    put_back "$beginning"
    fill_but "$kib"
    turnabout "$@" >"$sandbox/said" 2>"$sandbox/out"
    status=$?
    [ "$status" = 0 ] || check_refusal 'full|No space left|free space'
    rm "$disk/filler"
    look "$@"
    tries=$((tries + 1))
}

report() {
    number=$((number + 1))
    echo "${failed:+not }ok $number $1"
    all_failed=${failed:-$all_failed}
}

# sweep BEGINNING ACT...: with more and more room, until it comes through
sweep() {
    beginning=$1
    shift
    act="$*"
    put_back "$beginning"
    picture "$sandbox/before"
    put_back "$beginning"
    turnabout "$@" >/dev/null 2>&1
    picture "$sandbox/after"
    failed=
    tries=0
    kib=0
    status=1
    while [ "$status" != 0 ] && [ "$kib" -lt 2000 ]; do
        try "$@"
        kib=$((kib + step))
    done
    all_tries=$((all_tries + tries))
    report "$act: refused $((tries - 1)) times, done with $((kib - step)) KiB"
}

# Every family says it, and nothing is changed.
read_only() {
    room='a read-only file system'
    failed=
    for words; do
        eval "turnabout $words" >"$sandbox/said" 2>"$sandbox/out" </dev/null
        status=$?
        act="$words"
        check_refusal 'Read-only file system'
        all_tries=$((all_tries + 1))
    done
    report "on a read-only file system: $# commands"
}

mount_read_only() {
    put_back "$1"
    sums "$sandbox/sums-before"
    mount -o remount,bind,ro "$disk"
}

mount_again() {
    sums "$sandbox/sums-after"
    mount -o remount,bind,rw "$disk"
    act='all of them'
    failed=
    diff "$sandbox/sums-before" "$sandbox/sums-after" >"$sandbox/out" || complain 'a file was changed'
    report 'nothing was changed there'
}

sums() {
    find "$TURNABOUT_HOME" -type f -exec cksum {} + | sort >"$1"
}

for beginning in a_pair in_force running ended behind published; do
    $beginning >/dev/null 2>&1
    cp -a "$TURNABOUT_HOME" "$sandbox/$beginning"
done

number=0
all_tries=0
losses=0
all_failed=
echo 1..11
sweep running session note '! Said while the disk is full'
sweep running session end
sweep ended summary commit --next '2026-12-15 10:00'
sweep a_pair contract sign --as mentee
sweep behind sync
sweep published pair list
sweep in_force agenda share
mount_read_only running
read_only 'pair new --mentor Ada --mentee Bo --topic Tools' 'pair use priya-dana' \
    'contract set goals Other' 'contract sign --as mentor' 'agenda add Topic' 'agenda share' \
    'session note Text' 'session next' 'session pause' 'session end' \
    'meeting plan tomorrow 10:00' 'meeting cancel' 'promise done P1' 'deck list' \
    'pair list' 'session show' 'promise list' 'log' 'diff main'
mount_again
mount_read_only ended
read_only 'summary commit' 'summary show' 'rate' 'contract show' 'agenda show' 'meeting list'
mount_again
echo "# $all_tries tries, $losses losses"
exit "${all_failed:-0}"
