import { pageBlocks } from './page-blocks';

describe('pageBlocks', () => {
  it('returns fenced blocks with language, heading and line', () => {
    const page = '# A\n\n```sh\n# no heading\nls\n```\n\n## B\ntext\n```console\n\n```\n```\nx\n```\n';
    expect(pageBlocks(page)).toEqual([
      { language: 'sh', heading: 'A', line: 4, code: '# no heading\nls\n' },
      { language: 'console', heading: 'B', line: 11, code: '\n' },
      { language: '', heading: 'B', line: 14, code: 'x\n' },
    ]);
  });

  it('ignores inline code and blocks without an end', () => {
    expect(pageBlocks('`a` and ```b```\n\n```sh\nls\n')).toEqual([]);
  });
});
