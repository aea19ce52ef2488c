#!/bin/sh
# Runs transcripts of the command line: run.sh [-u] PROGRAM [NAME...]
#
# A case is a file NAME.case beside this one, and needs no code. It holds lines as a person would
# type them, and what came of each:
#
#   $ turnabout pair use nobody        a line for the shell; variables last to the end of the case
#   > ...                              a further line of the same command
#   | text                             standard output
#   ! text                             standard error
#   = 1                                the exit status, when it is not 0
#   # text                             for the reader, like an empty line
#
# With -u what came is written into the file, to be read and committed. Ids, folders and random
# names are shown as <commit>, <sha256>, <home>, <sandbox>, <random>. Every case begins in an empty
# folder without any data, at 09:00 UTC on 23 November 2026, as a person without a configuration.

set -u

if [ -z "${PINNED-}" ]; then
    exec env -i PINNED=1 PATH="$PATH" TZ=Europe/Berlin LC_ALL=C.UTF-8 TERM=dumb \
        ASAN_OPTIONS="${ASAN_OPTIONS-}" UBSAN_OPTIONS="${UBSAN_OPTIONS-}" \
        TURNABOUT_CLOCK==2026-11-23T09:00:00Z \
        GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null sh "$0" "$@"
fi

# What cases may use besides the shell

# The same at another time of that day, at which the clock stands still: at 09:10 turnabout session
# status.
at() {
    case $1 in
    *:*:*) clock=$1 ;;
    *) clock=$1:00 ;;
    esac
    shift
    TURNABOUT_CLOCK==2026-11-23T${clock}Z "$@"
}

# A pair in hand, without a word: pair MENTOR MENTEE
pair() {
    turnabout pair new --mentor "$1" --mentee "$2" --topic 'Who gets heard' >/dev/null
}

# Its contract signed by both, with one topic off limits, without a word.
contract() {
    turnabout contract set goals 'Juniors speak first' >/dev/null &&
        turnabout contract set off-limits health >/dev/null &&
        turnabout contract sign --as mentor >/dev/null &&
        turnabout contract sign --as mentee >/dev/null
}

# git on the record of a pair: record SLUG fsck --strict
record() {
    slug=$1
    shift
    git --git-dir "$TURNABOUT_HOME/pairs/$slug/record.git" "$@"
}

# Standard input as a document of the record, whatever it is, as somebody's git would do it: hand
# priya-dana sessions/01/reply.md.
hand() {
    GIT_DIR=$TURNABOUT_HOME/pairs/$1/record.git
    GIT_INDEX_FILE=$PWD/index
    export GIT_DIR GIT_INDEX_FILE
    git read-tree main
    git update-index --add --cacheinfo "100644,$(git hash-object -w --stdin),$2"
    tree=$(git write-tree)
    git update-ref refs/heads/main "$(git -c user.name=x -c user.email=x commit-tree -m 'By hand' -p main "$tree")"
    unset GIT_DIR GIT_INDEX_FILE tree
}

# The names of all fields in the JSON that is read, in order.
fields() {
    grep -oE '"[a-z_0-9-]+":' | tr -d '":' | sort -u | tr '\n' ' ' | sed 's/ $//'
}

# Compares the fields that a reading command prints with those that its help names.
documented() {
    turnabout "$@" --json | fields | tr ' ' '\n' | sort >printed
    turnabout "$@" --help | sed -n '/^Fields of --json/,$p' | sed 's/Fields of --json://' |
        tr -d ' \n' | tr ',' '\n' | sort >named
    comm -23 printed named | sed 's/^/not named in help: /'
    comm -13 printed named | sed 's/^/never printed: /'
}

# As somebody whom permissions bind, also when the tests run as root.
unprivileged() {
    if [ "$(id -u)" = 0 ]; then
        setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
    else
        "$@"
    fi
}

# All that a person would see of the data, and all that is in the records.
state() {
    for words in 'pair list --json' 'pair show' 'contract show --json' 'contract check' \
        'agenda show --json' 'session status --json' 'session show --json' 'summary show --json' \
        'meeting list --json' 'promise list --json'; do
        # shellcheck disable=SC2086
        at 12:00 turnabout $words
    done
    find "$TURNABOUT_HOME/pairs" -type f -exec cksum {} + | sort
}

remember() {
    state >"$SANDBOX/before" 2>&1
}

# Says what is different since then.
unchanged() {
    state >"$SANDBOX/after" 2>&1
    diff "$SANDBOX/before" "$SANDBOX/after" && echo nothing changed
}

# The runner

say_plainly() {
    sed -E -e "s#${TURNABOUT_HOME:-/unset}#<home>#g" -e "s#$SANDBOX#<sandbox>#g" \
        -e 's#(turnabout-|tmp\.)[A-Za-z0-9]{6,10}\b#\1<random>#g' \
        -e 's/\b[0-9a-f]{64}\b/<sha256>/g' -e 's/\b([0-9a-f]{40}|[0-9a-f]{10})\b/<commit>/g' "$1" |
        awk -v prefix="$2" '{ line = prefix $0; sub(/ +$/, "", line); print line }'
}

perform() {
    [ -n "$command" ] || return 0
    eval "$command" >"$SANDBOX/out" 2>"$SANDBOX/err" </dev/null 3<&-
    status=$?
    say_plainly "$SANDBOX/out" '| '
    say_plainly "$SANDBOX/err" '! '
    [ "$status" -eq 0 ] || echo "= $status"
    command=
}

# Prints the case with what came of it.
perform_case() {
    command=
    while IFS= read -r line <&3; do
        case $line in
        '> '*)
            command="$command
${line#??}"
            printf '%s\n' "$line"
            ;;
        '$ '*)
            perform
            command=${line#??}
            printf '%s\n' "$line"
            ;;
        '#'* | '')
            perform
            printf '%s\n' "$line"
            ;;
        esac
    done
    perform
}

# In a process of its own, so that what a case exports ends with it.
run_case() (
    SANDBOX=$(mktemp -d)
    chmod 755 "$SANDBOX"
    mkdir "$SANDBOX/bin" "$SANDBOX/home" "$SANDBOX/tmp" "$SANDBOX/work"
    chmod 1777 "$SANDBOX/tmp"
    cp "$program" "$SANDBOX/bin/turnabout"
    PATH=$SANDBOX/bin:$PATH
    export PATH HOME="$SANDBOX/home" TMPDIR="$SANDBOX/tmp" TURNABOUT_HOME="$SANDBOX/data"
    cd "$SANDBOX/work" || exit 1
    perform_case 3<"$1" >"$2"
    rm -rf "$SANDBOX"
)

update=
if [ "${1-}" = -u ]; then
    update=1
    shift
fi
program=$(realpath "$1")
shift
folder=$(dirname "$(realpath "$0")")
SOURCE=$(realpath "$folder/../..")
export SOURCE
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

[ $# -gt 0 ] || set -- "$folder"/*.case
echo "1..$#"
failed=0
number=0
for name in "$@"; do
    number=$((number + 1))
    name=$(basename "$name" .case)
    run_case "$folder/$name.case" "$results/$name"
    [ -z "$update" ] || cp "$results/$name" "$folder/$name.case"
    if diff -u --label "$name, as it should be" --label "$name, as it came" "$folder/$name.case" "$results/$name" >"$results/difference"; then
        echo "ok $number $name"
    else
        sed 's/^/# /' "$results/difference"
        cat "$results/difference" >&2 # where meson --print-errorlogs shows it
        echo "not ok $number $name"
        failed=1
    fi
done
exit $failed
