# shellcheck shell=bash
# What the launchers of the command line, the examples and the measurements share. They set `me`, their name in messages, and `home`, the
# checkout, before they source it.

fail() {
    echo "$me: $1" >&2
    exit 1
}

# Sets `java` to one that is new enough.
find_java() {
    java=${JAVA_HOME:+$JAVA_HOME/bin/}java
    command -v "$java" >/dev/null || fail "found no $java, expected Java 17 or newer"
    local release version
    release=$(dirname "$(dirname "$(readlink -f "$(command -v "$java")")")")/release
    version=$(sed -n 's/^JAVA_VERSION="\(1\.\)\{0,1\}\([0-9]*\).*/\2/p' "$release" 2>/dev/null || true)
    [ "${version:-17}" -ge 17 ] || fail "found Java $version, expected Java 17 or newer; JAVA_HOME names one"
}

# is_built STAMP SOURCES...: whether neither the library's sources nor these are newer than the stamp.
is_built() {
    local stamp=$1
    shift
    [ -f "$stamp" ] && [ -z "$(find "$home/pom.xml" "$home"/src/*/pom.xml "$home"/src/*/src/main "$home/.mvn" "$@" -newer "$stamp" -print -quit)" ]
}

# build STAMP OLD COST OPTIONS...: removes what an earlier build left, packages what Maven's options name, and leaves a stamp as old as the
# begin of that.
build() {
    local stamp=$1 old=$2 cost=$3 begin log
    shift 3
    command -v mvn >/dev/null || fail "found no mvn, expected Maven 3.8 or newer to build with"
    begin=$(mktemp)
    log=$(mktemp)
    rm -rf "$old"
    echo "$me: building, which $cost the first time …" >&2
    if ! (cd "$home" && mvn -q -B "$@" -am -DskipTests package) >"$log" 2>&1; then
        cat "$log" >&2
        rm -f "$begin" "$log"
        fail "the build failed; what Maven said stands above"
    fi
    touch -r "$begin" "$stamp"
    rm -f "$begin" "$log"
}

# run ARGUMENTS...: ends in Java, with the options that all need.
run() {
    # Java takes the names of files from the locale; without one of UTF-8 it would lose letters beyond ASCII.
    case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
        *[Uu][Tt][Ff]*8*) ;;
        *) export LC_ALL=C.UTF-8 ;;
    esac
    # ND4J calls native code and sun.misc.Unsafe, which newer Javas want to be told; older ones ignore it.
    # jdk.console: since Java 22 there would be a console even where there is no terminal.
    exec "$java" -Djdk.console=java.base -XX:+IgnoreUnrecognizedVMOptions --enable-native-access=ALL-UNNAMED \
        --sun-misc-unsafe-memory-access=allow "$@"
}
