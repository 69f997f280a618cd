import { createHash } from 'node:crypto';
import { readArchive } from '../../consumer/archive/file/read-archive';
import { ingest } from '../../consumer/archive/ingest/ingest';
import { archiveFacts, archiveSource } from '../../consumer/queries/answers/archive-source';
import type { ParameterValues } from '../../consumer/queries/questions/parameters';
import { reportFile, sections } from '../../consumer/report/report';
import { packageFolder } from '../cli/compiled-command';
import { ScratchFolder } from '../cli/scratch-folder';
import { attack, hostileEvents } from './hostile-events';

const scratch = new ScratchFolder();
const sample = scratch.at('sample.duckdb');
const hostile = scratch.at('hostile.duckdb');
const now = new Date('2026-08-21T12:00:00Z');

beforeAll(async () => {
  await ingest(`${packageFolder}/examples/sample-archive`, { archive: sample, workers: 0 });
  scratch.write('objects/a', hostileEvents.map((event) => `${JSON.stringify(event)}\n`).join(''));
  await ingest(scratch.at('objects'), { archive: hostile, workers: 0 });
});

/** Renders the report over an archive, in its parts. */
function parts(archive: string, values: ParameterValues = {}): Promise<string[]> {
  return readArchive(archive, {}, async (database) => {
    const facts = await archiveFacts(database);
    const all: string[] = [];
    for await (const part of reportFile(archiveSource(database), { facts }, values, now)) all.push(part);
    return all;
  });
}

const whole = async (...args: Parameters<typeof parts>) => (await parts(...args)).join('');

describe('a report file', () => {
  it('has a part before the sections, one for each section, and the end', async () => {
    const [before = '', ...others] = await parts(sample);
    expect(before).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(others).toHaveLength(sections.length + 1);
    for (const [index, { id, title }] of sections.entries()) {
      expect(before).toContain(`<a href="#${id}">${title}</a>`);
      expect(others[index]).toContain(`<section id="${id}" aria-labelledby="${id}-title">`);
    }
    expect(others.at(-1)).toMatch(/<\/main><\/body><\/html>\n$/);
  });

  it('begins before the first question is answered', async () => {
    const source = { answer: () => new Promise<never>(() => {}) };
    const first = await reportFile(source, {}, {}, now).next();
    expect(first.value).toContain('<h1>Email report</h1>');
  });

  it('has no script, loads nothing, and allows only its own style sheet', async () => {
    const html = await whole(sample);
    expect(html).not.toMatch(/<script|<iframe|<img|<link|\son\w+=|\sstyle=|javascript:/i);
    expect(html).not.toMatch(/\b(?:src|href)="(?!#)/);
    expect(html).not.toMatch(/url\(|@import/);
    const [, style = ''] = /<style>(.*?)<\/style>/s.exec(html) ?? [];
    const digest = createHash('sha256').update(style).digest('base64');
    expect(html).toContain(`style-src &#39;sha256-${digest}&#39;`);
    expect(html).toContain('default-src &#39;none&#39;');
  });

  it('shows the texts of strangers as text, in every place of an event', async () => {
    const html = await whole(hostile, { since: new Date('2026-03-01'), until: new Date('2026-03-06') });
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(html).not.toContain('<script');
    expect(html).not.toContain('<img');
    expect(html).not.toMatch(/href="(?!#)/);
    expect(html).not.toContain('\u202e');
    expect(html).not.toContain('\u001b');
  });

  it('shows the filters of the command as text', async () => {
    const html = await whole(hostile, { tag: { name: attack, value: attack } });
    expect(html).toContain('--tag &lt;/td&gt;');
    expect(html).not.toContain('<script');
  });

  it('compares with the range before only if it has emails', async () => {
    const range = (since: string, until: string) => ({ since: new Date(since), until: new Date(until) });
    const compared = await whole(sample, range('2026-08-09', '2026-08-14'));
    expect(compared).toContain('Changes compare with the range before, 2026-08-04 to 2026-08-08, 5 days.');
    const alone = await whole(sample);
    expect(alone).toContain('No emails were sent in the range before, 2026-06-22 to 2026-07-21, 30 days.');
    expect(alone).not.toContain('class="change');
  });

  it('counts the rejected records by reason, if there are any', async () => {
    const html = await whole(sample);
    const [, table = ''] = /<h3>Rejected records<\/h3>(.*?)<\/figure>/s.exec(html) ?? [];
    const rows = [...table.matchAll(/<td>([a-z-]+)<\/td><td class="number">(\d+)</g)].map(
      ([, ...row]) => row,
    );
    expect(rows).toEqual([
      ['damaged-json', '1'],
      ['invalid-event', '1'],
      ['not-an-email-event', '1'],
      ['not-json', '1'],
    ]);
    expect(await whole(hostile)).not.toContain('Rejected records');
  });

  it('marks figures whose question does not have a filter', async () => {
    const html = await whole(sample, { domain: 'mail.example' });
    expect(html).toContain('Not filtered by --domain: the question does not have this filter.');
    expect(html).toContain(
      'ses-events ask domains --since 2026-07-22 --until 2026-08-21 --domain mail.example',
    );
  });

  it('fails for a filter by a name that does not exist', async () => {
    await expect(whole(sample, { configurationSet: 'nope' })).rejects.toThrow(
      'there is no configuration set "nope" in this archive',
    );
  });
});
