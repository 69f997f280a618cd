# The zsh in which zsh-complete.zsh completes calls. It prints each match with its description.
# The script is either in a folder of fpath, or sourced.
if [[ ${COMPLETION_SCRIPT:t} == _ses-events ]]; then
  fpath=(${COMPLETION_SCRIPT:h} $fpath)
fi
autoload -Uz compinit && compinit -u -d ${COMPLETION_SCRIPT:h}/zcompdump
if [[ ${COMPLETION_SCRIPT:t} != _ses-events ]]; then
  source $COMPLETION_SCRIPT
fi
stty cols 2000 rows 1000
COLUMNS=2000
bindkey '^I' complete-word
# Options with one description are otherwise described together.
zstyle ':completion:*' list-grouped false

# Adds matches as zsh does, and prints them. Calls that only filter names add none.
compadd() {
  if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]]; then
    builtin compadd "$@"
    return
  fi
  setopt local_options no_rc_expand_param
  local -a __matches __descriptions __prefix __rest
  if (($@[(I)-d])); then
    __descriptions=("${(@P)${@[$((${@[(i)-d]} + 1))]}}")
  fi
  builtin compadd -A __matches -D __descriptions "$@"
  zparseopts -E -a __rest p:=__prefix
  local -i __index
  for ((__index = 1; __index <= $#__matches; __index++)); do
    print -r -- $'match\t'"$IPREFIX${__prefix[2]}${__matches[$__index]}"$'\t'"${__descriptions[$__index]}"
  done
  builtin compadd "$@"
}

# zsh empties both lists before each completion.
print-start() {
  print
  compprefuncs=(print-start)
}
print-end() {
  print 'end of matches'
  compstate[list]='' compstate[insert]=''
  comppostfuncs=(print-end)
}
compprefuncs=(print-start)
comppostfuncs=(print-end)
