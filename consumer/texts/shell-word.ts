/** Quotes a text as one word of a POSIX shell. A shell can replace a word that begins with `=` by the path of a command. */
function shellWord(text: string): string {
  return /^(?!=)[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

export { shellWord };
