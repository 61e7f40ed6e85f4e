# shellcheck shell=bash
# Shared by scripts/demarche and scripts/test: configure and build with a log in build/ and progress on stderr.
root=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")
export LC_ALL=C.UTF-8

say() { echo "${0##*/}: $*" >&2; }

# logged LOG COMMAND...: stdout and stderr of COMMAND go to LOG; its end is shown where COMMAND fails.
logged() {
  local log=$1; shift
  "$@" >"$log" 2>&1 </dev/null && return
  tail -n 40 "$log" >&2
  return 1
}

# A build folder that was moved or copied from elsewhere cannot be configured again: it starts anew.
drop_foreign_build() {
  local cache=$1/CMakeCache.txt
  if [ -f "$cache" ] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$cache"; then
    say "${1#"$root"/} was made for another folder; starting it anew"
    rm -rf "$1"
  fi
}

# configure PRESET [-Dname=value]...
configure() {
  local preset=$1 log=$root/build/$1-configure.log; shift
  mkdir -p "$root/build"
  drop_foreign_build "$root/build/$preset"
  cd "$root" || return
  if ! logged "$log" cmake --preset "$preset" "$@"; then
    say "cmake could not configure (the lines above; log: ${log#"$root"/}); see CONTRIBUTING.md, \"Build\""
    return 1
  fi
}

# One line a step: on a terminal the line is written over, elsewhere every quarter gets a line.
progress() {
  local line quarter=0 done_ all terminal=0
  [ ! -t 2 ] || terminal=1
  # bash reads line by line; Debian's awk would wait for a full buffer
  while IFS= read -r line; do
    [[ $line =~ ^\[([0-9]+)/([0-9]+)\] ]] || continue
    done_=${BASH_REMATCH[1]} all=${BASH_REMATCH[2]}
    if [ $terminal = 1 ]; then
      printf '\r\033[K%s: building %d of %d' "${0##*/}" "$done_" "$all" >&2
    elif [ $((4 * done_ / all)) -gt $quarter ]; then
      quarter=$((4 * done_ / all))
      say "built $done_ of $all"
    fi
  done
  [ $terminal = 0 ] || printf '\r\033[K' >&2
}

# build PRESET TARGET...
build() {
  local preset=$1 log=$root/build/$1-build.log; shift
  mkdir -p "$root/build"
  if ! NINJA_STATUS='[%f/%t] ' cmake --build "$root/build/$preset" -j "$(nproc)" --target "$@" 2>&1 </dev/null | tee "$log" | progress; then
    # the first errors by name, then the end; the steps that went well only hide them
    grep -E '^FAILED:|(error|undefined reference|multiple definition)\b' "$log" | head -n 20 >&2 || true
    echo "..." >&2
    grep -vE '^\[[0-9]+/[0-9]+\]' "$log" | tail -n 20 >&2 || true
    say "the build failed (the lines above; log: ${log#"$root"/})"
    return 1
  fi
}
