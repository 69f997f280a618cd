import { trace } from '../../../consumer/queries';
import { AskedArchive } from '../asked-archive';
import { smallObjects } from '../small-archive';

const archive = new AskedArchive(smallObjects());

describe('trace', () => {
  it('returns the steps of a message', async () => {
    const steps = await trace(archive.path, 'm3');
    expect(steps.map(({ eventType }) => eventType)).toContain('Complaint');
    expect(steps.every(({ messageId, places }) => messageId === 'm3' && places.length === 0)).toBe(true);
  });

  it('returns the steps of an address in any letter case, with places if requested', async () => {
    const steps = await trace(archive.path, 'DAN@b.example', { withPlaces: true });
    expect(steps.length).toBeGreaterThan(1);
    expect(steps.every(({ places }) => places.length > 0)).toBe(true);
  });

  it('returns nothing for an unknown address', async () => {
    expect(await trace(archive.path, 'nobody@nowhere.example')).toEqual([]);
  });
});
