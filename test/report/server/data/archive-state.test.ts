import { openForReading } from '../../../../consumer/archive/file/read-archive';
import { archiveState } from '../../../../consumer/report/server/data/archive-state';
import { ArchiveFolder } from '../../../archive/archive-folder';
import { sendText } from '../../../cli/records';

describe('archiveState', () => {
  it('changes with new events only', async () => {
    const folder = new ArchiveFolder();
    const states = [archiveState(folder.archive)];
    for (const id of ['m1', 'm2']) {
      folder.write(`${id}.json`, `${sendText(id)}\n`);
      await folder.ingest();
      states.push(archiveState(folder.archive));
    }
    expect(new Set(states).size).toBe(3);
    await folder.ingest();
    const { close } = await openForReading(folder.archive, {});
    expect(archiveState(folder.archive)).toBe(states[2]);
    close();
    expect(archiveState(folder.archive)).toBe(states[2]);
  });

  it('discloses nothing about the file', () => {
    expect(archiveState('/nothing/here')).toMatch(/^[\w-]{16}$/);
  });
});
