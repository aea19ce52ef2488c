#!/bin/sh
# The arrows of the house point down: no include and no call from a lower layer to a higher one, and
# each library is seen in its own room only. Arguments: the source folder, the build folder.
set -u
source=$1
build=$2
layers="base domain document store ledger desk cli tui"
failed=0

wrong() {
    echo "wrong: $1"
    failed=1
}

# Everything a layer may not know: itself and what is below are taken from the list of all.
above() {
    case $1 in
    base) echo "domain document store ledger desk cli tui" ;;
    domain) echo "document store ledger desk cli tui" ;;
    document) echo "store ledger desk cli tui" ;;
    store) echo "ledger desk cli tui" ;;
    ledger) echo "store desk cli tui" ;;
    desk) echo "cli tui" ;;
    cli) echo "tui" ;;
    tui) echo "cli store ledger/ledger.h" ;;
    esac
}

includes() {
    for layer in $layers; do
        for higher in $(above "$layer"); do
            found=$(grep -rln "#include \"turnabout/$higher" "$source/src/$layer" \
                "$source/include/turnabout/$layer" 2>/dev/null)
            [ -z "$found" ] || wrong "$layer includes $higher: $found"
        done
        found=$(grep -rlE '#include "(\.\./)+' "$source/src/$layer" 2>/dev/null)
        [ -z "$found" ] || wrong "$layer includes by a path that climbs: $found"
    done
}

only_in() { # header pattern, room
    found=$(grep -rlE "#include <($1)>" "$source/src" "$source/include" | grep -v "^$source/$2")
    [ -z "$found" ] || wrong "<$1> is included outside $2: $found"
}

# What a library calls and does not have itself must be defined further down.
calls() {
    below=""
    for layer in $layers; do
        library=$build/src/$layer/lib$layer.a
        [ -f "$library" ] || { wrong "no library of $layer at $library"; continue; }
        defined=$(nm --defined-only -g "$library" 2>/dev/null | awk 'NF == 3 {print $3}' | sort -u)
        called=$(nm -u "$library" 2>/dev/null | awk '$1 == "U" && $2 ~ /^ta_/ {print $2}' | sort -u)
        known=$(printf '%s\n%s\n' "$below" "$defined" | sort -u)
        up=$(printf '%s\n' "$called" | grep -vxF "$known" | grep .)
        [ -z "$up" ] || wrong "$layer calls up: $(echo $up)"
        case $layer in
        store) kept=$below; below=$known ;; # store and ledger do not know each other
        ledger) below=$(printf '%s\n%s\n' "$below" "$defined" | sort -u) ;;
        cli) ;;                             # cli and tui stand side by side
        *) below=$known ;;
        esac
        if [ "$layer" = store ]; then store_below=$below; below=$kept; fi
        if [ "$layer" = ledger ]; then below=$(printf '%s\n%s\n' "$store_below" "$below" | sort -u); fi
    done
}

includes
only_in '.*curses\.h|term\.h' src/tui/term.c
only_in 'sqlite3\.h' src/store
only_in 'git2.*\.h' src/ledger
calls
[ $failed -eq 0 ] && echo "all arrows point down"
exit $failed
