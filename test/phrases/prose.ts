/** Comments and texts of a script, by their place. */
const scriptTexts = /\/\*[\s\S]*?\*\/|\/\/.*|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g;

/** Blocks of code on a page: commands, programs and output, which other tests compare. */
const codeBlocks = /^```[\s\S]*?^```$/gm;

/** Where links of a page lead. */
const linkTargets = /\]\([^()]*\)/g;

const blank = (text: string) => text.replaceAll(/[^\n]/g, ' ');

/** The file's text with everything that is not prose blanked, so that offsets are those of the file. */
function proseOf(path: string, text: string): string {
  if (/\.[cm]?[jt]s$/.test(path)) {
    let prose = '';
    for (const { 0: found, index } of text.matchAll(scriptTexts)) {
      prose += blank(text.slice(prose.length, index)) + found;
    }
    return prose;
  }
  return path.endsWith('.md') ? text.replaceAll(codeBlocks, blank).replaceAll(linkTargets, blank) : text;
}

/** Finds a phrase although it is broken over lines, in a comment too. */
function overLines({ source, flags }: RegExp): RegExp {
  return new RegExp(source.replaceAll(' ', String.raw`(?:\s+(?:(?:\*|\/\/|--)\s+)?)`), `g${flags}`);
}

/** Where a phrase occurs in the prose of a file: `path:line: words`. */
function occurrences(path: string, text: string, pattern: RegExp): string[] {
  const prose = proseOf(path, text);
  return [...prose.matchAll(overLines(pattern))].map(({ 0: found, index }) => {
    const line = prose.slice(0, index).split('\n').length;
    return `${path}:${line}: ${found.replaceAll(/\s+/g, ' ')}`;
  });
}

export { occurrences };
