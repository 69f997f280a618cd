# Prints the matches of each argument, a call that a user completes with Tab, between lines with their start and end.
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "source ${0:h}/zsh-shell.zsh"
zpty -w shell 'print "is"" ready"'
zpty -r shell output '*is ready*'
for line in "$@"; do
  zpty -w -n shell "$line"$'\t'
  zpty -r shell output '*end of matches*'
  print -r -- "$output"
  # Ctrl-U deletes the line.
  zpty -w -n shell $'\x15'
done
zpty -d shell
