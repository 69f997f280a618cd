import { join } from 'node:path';
import fc from 'fast-check';
import { ingest } from '../../../consumer/archive/ingest/ingest';
import { answerTable } from '../../../consumer/cli/answers/answer-table';
import { widestText } from '../../../consumer/cli/output/text-width';
import { run, runOnTerminal } from '../run-command';
import { ScratchFolder } from '../scratch-folder';

const scratch = new ScratchFolder();
const archive = scratch.at('archive.duckdb');
const sample = join(__dirname, '../../../examples/sample-archive');
beforeAll(() => ingest(sample, { archive, workers: 0 }));

const widest = (text: string) => widestText(text.split('\n'));

describe('a table that is wider than the terminal', () => {
  it('shows the first columns that fit, and the number of the others', async () => {
    const { shown } = await runOnTerminal(['ask', 'domains', '-a', archive]);
    expect(widest(shown.slice(shown.indexOf('┌'), shown.lastIndexOf('┘')))).toBeLessThanOrEqual(80);
    expect(shown).toContain('│ domain         │ sent │');
    expect(shown).not.toContain('complaint_rate');
    expect(shown).toMatch(/5 rows, 4 more columns: add --all-columns; archive: /);
  });

  it('shows all columns with --all-columns', async () => {
    const { shown } = await runOnTerminal(['ask', 'domains', '-a', archive, '--all-columns']);
    expect(shown).toContain('complaint_rate');
    expect(shown).not.toContain('more columns');
  });

  it.each([
    ['60', 60],
    ['100', 100],
  ])('follows COLUMNS=%s in a pipe', async (columns, width) => {
    const { stdout } = await run(['ask', 'domains', '-a', archive, '-f', 'table'], {
      env: { COLUMNS: columns },
    });
    expect(widest(stdout.slice(stdout.indexOf('┌')))).toBeLessThanOrEqual(width);
  });

  it.each([{}, { COLUMNS: '' }, { COLUMNS: 'wide' }])('has all columns in a pipe with %j', async (env) => {
    const { stdout } = await run(['ask', 'domains', '-a', archive, '-f', 'table'], { env });
    expect(stdout).toContain('complaint_rate');
  });

  it('fits any width that holds its first column', () => {
    const columns = [{ name: 'first' }, { name: 'second' }, { name: 'third' }];
    const cell = fc.string({ maxLength: 70, unit: fc.constantFrom('a', '日', '한', 'é', '👍') });
    const row = fc.tuple(cell, cell, cell);
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 2, maxLength: 5 }),
        fc.integer({ min: 125, max: 450 }),
        (rows, width) => {
          const { text, omitted } = answerTable({ columns }, rows, { width, isFolded: true });
          expect(widest(text)).toBeLessThanOrEqual(width);
          const all = answerTable({ columns }, rows, { width });
          expect(omitted === 0).toBe(widest(all.text) <= width);
        },
      ),
    );
  });
});

describe('a table with prose', () => {
  const columns = [{ name: 'time' }, { name: 'what', isProse: true as const }];
  const row = ['2026-03-04', 'bounced: the mailbox of the recipient does not exist, and never did'];

  it('wraps the prose to the width', () => {
    const { text, omitted } = answerTable({ columns, isList: true }, [row], { width: 60, isFolded: true });
    expect(text).toContain('│ bounced: the mailbox of the recipient does │\n│            │ not exist');
    expect([widest(text) <= 60, omitted]).toEqual([true, 0]);
  });

  it('wraps the other columns too where the prose would be too narrow', () => {
    const wide = ['日本語の件名'.repeat(5), row[1] ?? ''];
    const { text } = answerTable({ columns, isList: true }, [wide], { width: 60, isFolded: true });
    expect(widest(text)).toBeLessThanOrEqual(60);
  });

  it('wraps only the prose without a width', () => {
    const wide = ['x'.repeat(60), row[1] ?? ''];
    const { text } = answerTable({ columns, isList: true }, [wide]);
    expect(text).toContain(`│ ${'x'.repeat(60)} │ bounced`);
  });

  it.each(['health', 'trend'])('of a single row of %s fits 60 columns', async (question) => {
    const args = ['ask', question, '-a', archive, '-f', 'table', '--limit', '1'];
    const { stdout } = await run(args, { env: { COLUMNS: '60' } });
    expect(widest(stdout.slice(stdout.indexOf('┌')))).toBeLessThanOrEqual(60);
  });
});
