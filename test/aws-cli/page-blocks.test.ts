import { pageBlocks } from './page-blocks';

describe('the blocks of a page', () => {
  it('are those in fences, with language, heading and line', () => {
    const page = '# A\n\n```sh\n# no heading\nls\n```\n\n## B\ntext\n```console\n\n```\n```\nx\n```\n';
    expect(pageBlocks(page)).toEqual([
      { language: 'sh', heading: 'A', line: 4, code: '# no heading\nls\n' },
      { language: 'console', heading: 'B', line: 11, code: '\n' },
      { language: '', heading: 'B', line: 14, code: 'x\n' },
    ]);
  });

  it('are not what is marked within a line, or left open', () => {
    expect(pageBlocks('`a` and ```b```\n\n```sh\nls\n')).toEqual([]);
  });
});
