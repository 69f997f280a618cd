# The bash in which the tests complete calls: a call writes its arguments to a file, each on a line, and an empty line.
source "$COMPLETION_SCRIPT"
PS1='is ready'
ses-events() {
  printf '%s\n' "$@" '' >>"$COMPLETED_CALLS"
}
