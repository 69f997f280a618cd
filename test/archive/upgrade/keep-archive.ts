import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ingest } from '../../../consumer/archive/ingest/ingest';
import { version } from '../../../package.json';
import { fixtureKinds, fixtures } from '../../fixtures/load';
import { KeptArchive, keptArchives, keptSource } from './kept-archive';

// npx tsx test/archive/upgrade/keep-archive.ts: makes an archive with the code as it is and keeps it as the one of
// the version in package.json, for every later version to open. See CONTRIBUTING.md.

/** Records that are stored as bytes, because rows cannot represent them. */
const exactRecords = [
  '{"eventType":"Send","mail":{"timestamp":"2026-03-04T05:06:07.890Z","messageId":"exact-1"},"send":{},"x":1e400}',
  '{"eventType":"Forward","mail":{"timestamp":"2026-03-04T05:06:07.890Z","messageId":"exact-2"},"forward":{"timestamp":"2026-03-04T05:06:08.000Z"},"x":1.0}',
  '{"eventType":"Send","mail":{"timestamp":"2026-03-04T05:06:07.890Z","messageId":"exact-3"},"send":{},"x":"\\u0000"}',
];

/** The objects: each fixture compact and indented, some duplicates, and records that are not events. */
function objects(): Map<string, string> {
  const all = fixtureKinds.flatMap((kind) =>
    fixtures(kind).map(([, record, text]) => ({ kind, record, text })),
  );
  const lines = (kinds: readonly string[]) =>
    all.flatMap(({ kind, record }) => (kinds.includes(kind) ? [`${JSON.stringify(record)}\n`] : [])).join('');
  return new Map([
    ['events.gz', lines(fixtureKinds)],
    ['again.gz', lines(['bounce', 'click', 'unknown'])],
    ['printed.gz', all.map(({ text }) => text).join('')],
    ['exact.gz', exactRecords.map((record) => `${record}\n`).join('')],
    ['broken.gz', '{"eventType":"Send","mail":{\n{"eventType":'],
  ]);
}

async function keep(folder: string): Promise<void> {
  mkdirSync(join(folder, 'objects'), { recursive: true });
  for (const [name, text] of objects())
    writeFileSync(join(folder, 'objects', name), gzipSync(text, { level: 9 }));
  const work = mkdtempSync(join(tmpdir(), 'ses-events-kept-'));
  const archive = join(work, 'archive.duckdb');
  const server = await new KeptArchive(version).serve();
  try {
    await ingest(keptSource, { archive, s3: { endpoint: server.endpoint } });
    const command = [
      '--import',
      'tsx',
      'consumer/cli/ses-events.ts',
      'export',
      '--format',
      'ndjson',
      '--raw',
    ];
    const records = execFileSync(process.execPath, [...command, '--archive', archive]);
    writeFileSync(join(folder, 'archive.duckdb.gz'), gzipSync(readFileSync(archive), { level: 9 }));
    writeFileSync(join(folder, 'records.ndjson.gz'), gzipSync(records, { level: 9 }));
  } finally {
    await server.close();
    rmSync(work, { recursive: true });
  }
}

async function main(): Promise<void> {
  const folder = join(keptArchives, version);
  if (existsSync(folder)) {
    process.stderr.write(
      `the archive of ${version} is kept already: raise the version, or remove ${folder}\n`,
    );
    process.exitCode = 1;
  } else await keep(folder);
}

void main();
