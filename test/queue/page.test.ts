import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pageBlocks } from '../aws-cli/page-blocks';
import { environment } from '../cli/command-call';
import { packageFolder } from '../cli/compiled-command';
import { sendText } from '../cli/records';
import { entry } from '../cli/run-process';
import { describeWithMoto } from './describe-with-moto';
import { useQueueFixture } from './queue-fixture';

const page = readFileSync(join(packageFolder, 'docs', 'following.md'), 'utf8');
const blocks = pageBlocks(page).filter(({ language }) => language === 'sh');
const [queueUrl, ...commands] = blocks.map(({ code }) => code);

describe('docs/following.md', () => {
  it('explains how to find the queue and how to ingest from it', () => {
    expect(queueUrl).toMatch(/^QUEUE=/);
    expect(commands).toHaveLength(3);
    expect(pageBlocks(page).filter(({ language }) => language !== 'sh' && language !== 'json')).toEqual([]);
  });
});

describeWithMoto('the commands of docs/following.md', (executables) => {
  const fixture = useQueueFixture(executables, {
    queue: 'email-events-objects',
    bucket: 'my-bucket',
  });

  it.each(commands)('%s', async (shown) => {
    const queue = fixture();
    await queue.notify();
    await queue.put('events/a.json', `${sendText('m1')}\n`);
    const bin = join(queue.folder.path, 'bin');
    mkdirSync(bin);
    const shims = {
      'ses-events': `exec '${process.execPath}' '${entry}' "$@"`,
      // Version 1 of the AWS CLI ignores AWS_ENDPOINT_URL for queues.
      aws: `exec '${executables}/aws' --endpoint-url "$AWS_ENDPOINT_URL" "$@"`,
    };
    for (const [name, command] of Object.entries(shims)) {
      writeFileSync(join(bin, name), `#!/bin/sh\n${command}\n`, { mode: 0o755 });
    }
    const child = spawn('bash', ['-euc', `${queueUrl}exec ${shown}`], {
      env: environment({
        PATH: [bin, process.env.PATH].join(delimiter),
        HOME: queue.folder.path, // where ~/.aws would be
        AWS_ENDPOINT_URL: queue.proxy.url,
        AWS_DEFAULT_REGION: 'us-east-1',
        SES_EVENTS_ARCHIVE: queue.archive,
      }),
      stdio: ['ignore', 'inherit', 'pipe'],
    });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (part: string) => {
      stderr += part;
    });
    const isEndless = shown.includes('--follow');
    while (isEndless && child.exitCode === null && !stderr.includes(' 1 new event,')) await sleep(20);
    if (isEndless) child.kill('SIGINT');
    if (child.exitCode === null) await once(child, 'close');
    expect(stderr).toContain(' 1 new event,');
    expect(child.exitCode).toBe(isEndless ? 130 : 0);
    expect(await queue.messageIds()).toEqual(['m1']);
  });
});
