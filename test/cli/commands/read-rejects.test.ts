import { existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { leftOutText, rejectedTexts, sendText } from '../records';
import { run } from '../run-command';
import { messageIds, runRead } from '../run-read';
import { ScratchFolder } from '../scratch-folder';

const scratch = new ScratchFolder();
const notUtf8 = Buffer.from('{"a":"\xff"}', 'latin1');
const texts = [sendText('a'), ...rejectedTexts.map(([, text]) => text), leftOutText, sendText('b')];
const broken = scratch.write('broken', Buffer.concat([Buffer.from(`${texts.join('\n')}\n`), notUtf8]));
const sound = scratch.write('sound', `${sendText('a')}\n${leftOutText}\n`);
const firstReject = Buffer.byteLength(sendText('a')) + 1;

describe('the exit code of read', () => {
  it.concurrent.each([
    ['3 when records are rejected', [broken], 3],
    ['0 when records are rejected with --allow-rejects', ['--allow-rejects', broken], 0],
    ['0 when records are only skipped', [sound], 0],
    ['3 for a table too', ['--format', 'table', broken], 3],
  ])('is %s', async (_, args, expected) => {
    const { code, counts } = await runRead(args);
    expect(code).toBe(expected);
    expect(counts.rejected).toBe(args.includes(broken) ? 4 : 0);
    expect(counts.skipped).toBe(1);
  });
});

describe('read --rejects', () => {
  it.concurrent.each(['ndjson', 'table'])(
    'writes each reject as a line with its bytes, in addition to %s',
    async (format) => {
      const file = scratch.at(`rejects-${format}`);
      const { code, stdout, counts } = await runRead(['--format', format, '--rejects', file, broken]);
      const lines = readFileSync(file, 'utf8').split('\n');
      expect(lines.pop()).toBe('');
      expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
        ...rejectedTexts.map(([reason, raw]) => expect.objectContaining({ object: broken, reason, raw })),
        expect.objectContaining({ object: broken, rawBase64: notUtf8.toString('base64') }),
      ]);
      expect(lines[3]).not.toContain('"raw":');
      expect(stdout).not.toContain('hello');
      expect(counts).toMatchObject({ records: 7, events: 2, rejected: 4, skipped: 1 });
      expect(code).toBe(3);
    },
  );

  it.concurrent('empties the file when nothing is rejected', async () => {
    const file = scratch.write('stale', 'old\n');
    expect((await runRead(['--rejects', file, sound])).code).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe('');
  });

  it.concurrent('rejects a file that cannot be written, and reads nothing', async () => {
    const file = scratch.at('no/such/folder/rejects');
    const { code, stdout, stderr } = await run(['read', '--rejects', file, sound]);
    expect(stderr).toBe(
      `error: cannot write rejects to ${file}: the folder ${dirname(file)} does not exist; create it, or choose another path\n`,
    );
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  it.concurrent('rejects a folder as the file', async () => {
    const folder = dirname(scratch.write('folder/file', ''));
    const { code, stderr } = await run(['read', '--rejects', folder, sound]);
    expect([code, stderr]).toEqual([
      2,
      `error: cannot write rejects to ${folder}: it is a folder; choose a file\n`,
    ]);
  });

  const onLinux = existsSync('/dev/full') ? it.concurrent : it.concurrent.skip;
  onLinux('fails with advice and no stack when the disk is full', async () => {
    const { code, stderr } = await run(['read', '--rejects', '/dev/full', broken]);
    expect(stderr).toBe(
      'error: cannot write rejects to /dev/full: ENOSPC; free disk space, or choose another file\n',
    );
    expect(code).toBe(1);
  });
});

describe('read --strict', () => {
  it.concurrent.each(['ndjson', 'table'])('ends at the first reject, as %s', async (format) => {
    const { code, stdout, stderr } = await run(['read', '--strict', '--format', format, broken]);
    expect(stderr).toContain(`error: ${broken} byte ${firstReject}: invalid-event: invalid Bounce event`);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stdout.match(/"messageId":"[ab]"/g)).toEqual(format === 'ndjson' ? ['"messageId":"a"'] : null);
    expect(code).toBe(1);
  });

  it.concurrent('reads sources without rejects to the end', async () => {
    const result = await runRead(['--strict', sound]);
    expect(messageIds(result)).toEqual(['a']);
    expect(result.code).toBe(0);
  });
});
