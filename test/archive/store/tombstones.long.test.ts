import { forget } from '../../../consumer/archive/erasure/forget';
import { fixtureKinds, fixtures } from '../../fixtures/load';
import { ArchiveFolder } from '../archive-folder';

const everyone = /[\w.+-]+@example\.(?:com|org|net)/gi;

/** All fixtures, and all addresses in them. */
function filled() {
  const folder = new ArchiveFolder();
  const people = new Set<string>();
  for (const kind of fixtureKinds) {
    for (const [name, , text] of fixtures(kind)) {
      folder.write(`${kind}-${name}.json`, text);
      for (const [address] of text.matchAll(everyone)) people.add(address.toLowerCase());
    }
  }
  return { folder, people: [...people].sort() };
}

async function contents(folder: ArchiveFolder) {
  const events = await folder.rows('SELECT * EXCLUDE raw, raw::VARCHAR AS raw FROM events ORDER BY event_id');
  return {
    // The order of its keys can differ.
    events: events.map((row) => ({ ...row, extra: JSON.parse(String(row.extra)) as unknown })),
    rejects: await folder.rows(
      'SELECT reason, message, issues, raw::VARCHAR AS raw FROM rejects ORDER BY ALL',
    ),
    occurrences: await folder.rows(
      'SELECT event_id, envelopes, firehose_error FROM event_occurrences ORDER BY ALL',
    ),
  };
}

describe('an erased person', () => {
  const forgotOptions = ({ archive }: ArchiveFolder, remove: boolean) => ({ archive, remove, wait: 0 });

  it.each([false, true])(
    'has the same pseudonym in earlier and later objects (removed: %s)',
    async (remove) => {
      const { folder: before, people } = filled();
      const { folder: after } = filled();
      expect(people.length).toBeGreaterThan(5);
      const some = people.filter((_, index) => index % 4 === 0);
      await after.ingest({ source: new ArchiveFolder().objects }); // makes the archive
      await after.run("UPDATE archive SET salt = 'same'");
      for (const person of some) await forget(person, forgotOptions(after, remove));
      await after.ingest();

      await before.ingest();
      await before.run("UPDATE archive SET salt = 'same'");
      for (const person of some) await forget(person, forgotOptions(before, remove));

      const { events, ...rest } = await contents(after);
      const expected = await contents(before);
      expect(events.length).toBeGreaterThan(remove ? 20 : 100);
      expect({ events, ...rest }).toEqual(expected);
      const text = JSON.stringify(expected, (_, value) =>
        typeof value === 'bigint' ? String(value) : value,
      ).toLowerCase();
      expect(some.filter((person) => text.includes(`"${person}"`))).toEqual([]);
      const left = (await before.events()).length;
      expect(left).toBe(events.length); // each is still an event
    },
  );
});
