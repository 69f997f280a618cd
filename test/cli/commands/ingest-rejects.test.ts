import { sendText } from '../records';
import { run } from '../run-command';
import { ScratchFolder } from '../scratch-folder';

const scratch = new ScratchFolder();
const broken = scratch.write('broken/a', `${sendText('a')}\nbroken\n`);
const sound = scratch.write('sound/a', `${sendText('a')}\n`);
const advice = '; add --allow-rejects for exit code 0 instead of 3\n';

let archives = 0;
const ingest = (...args: string[]) => run(['ingest', ...args, '-a', scratch.at(`${archives++}.duckdb`)]);

describe('the last line of ingest', () => {
  it('has the option for exit code 0, if rejects caused another one', async () => {
    const { code, stderr } = await ingest(broken);
    expect(stderr).toMatch(/^ingested 2 records: 1 new event, 0 duplicates, 1 rejected, .*\n$/);
    expect(stderr.endsWith(advice)).toBe(true);
    expect(code).toBe(3);
  });

  it.each([
    ['nothing was rejected', [sound], 0],
    ['--allow-rejects is already given', [broken, '--allow-rejects'], 0],
    ['the ingest failed', [broken, scratch.at('missing')], 1],
  ])('has no such option if %s', async (_, args, expected) => {
    const { code, stderr } = await ingest(...args);
    expect(stderr).not.toContain('--allow-rejects');
    expect(code).toBe(expected);
  });
});
