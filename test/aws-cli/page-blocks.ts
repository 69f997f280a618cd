/** A fenced block of a page. */
interface PageBlock {
  language: string;
  /** The text of the previous heading. */
  heading: string;
  /** Line number of the first line of code. */
  line: number;
  code: string;
}

/** Returns the fenced blocks of a Markdown page, in order. */
function pageBlocks(page: string): PageBlock[] {
  const blocks: PageBlock[] = [];
  let heading = '';
  let open: PageBlock | undefined;
  for (const [index, line] of page.split('\n').entries()) {
    if (open !== undefined && line === '```') {
      blocks.push(open);
      open = undefined;
    } else if (open !== undefined) open.code += `${line}\n`;
    else if (line.startsWith('```')) open = { language: line.slice(3), heading, line: index + 2, code: '' };
    else if (line.startsWith('#')) heading = line.replace(/^#+ /, '');
  }
  return blocks;
}

export { type PageBlock, pageBlocks };
