import { defaultLimits } from '../../../consumer/records/limits';
import { sendText } from '../../cli/records';
import { run } from '../../cli/run-command';
import { ArchiveFolder } from '../archive-folder';

it('a record of the maximum size that an erasure makes longer can still be read and erased', async () => {
  const folder = new ArchiveFolder();
  const people = ['ana@example.com', 'bo@example.com'];
  const text = (filling: string) =>
    sendText('m', { destination: people, filling }).replace('"send":{}', '"send":{"n":1.00}');
  folder.write('a.json', text('x'.repeat(defaultLimits.maxRecordBytes - text('').length)));
  expect(await folder.ingest()).toMatchObject({ newEvents: 1 });
  for (const address of people) {
    const report = await run(['forget', address, '--archive', folder.archive, '--wait', '0']);
    expect(report).toMatchObject({ code: 0, stderr: expect.stringContaining('changed 1 event ') });
  }
  const [event] = await folder.events();
  expect(event?.record.length).toBeGreaterThan(defaultLimits.maxRecordBytes);
  expect(event?.event).toMatchObject({
    mail: { destination: Array(2).fill(expect.stringMatching(/^forgotten-/)) },
  });
});
