import fc from 'fast-check';
import { storedRow } from '../../../consumer/archive/rows/stored-row';
import {
  type EventChange,
  isTooLong,
  rewriteStatements,
} from '../../../consumer/queries/erasing/rewrite-events';
import { parseRecord } from '../../../consumer/records/parse-record';

/** The row of a Send event with a text. */
function rowOf(subject: string) {
  const record = {
    eventType: 'Send',
    mail: {
      timestamp: '2026-03-04T05:06:07.890Z',
      messageId: 'm1',
      destination: ["o'ana@example.com", 'bo@example.com'],
      commonHeaders: { subject },
    },
    send: {},
  };
  const [outcome] = parseRecord(Buffer.from(JSON.stringify(record)));
  if (outcome?.outcome !== 'event') throw new Error('not an event');
  return storedRow(outcome);
}

const day = 24 * 60 * 60 * 1000;
const at = (milliseconds: number) => new Date(Date.UTC(2026, 0, 1) + milliseconds);

const change = fc
  .record({
    time: fc.option(fc.nat(60 * day).map(at), { nil: undefined }),
    length: fc.option(fc.nat(100_000), { nil: undefined }),
  })
  .map(({ time, length }) => ({
    time,
    row: length === undefined ? undefined : rowOf('é'.repeat(length / 2)),
  }));

/** The ids that a statement finds, with their days. */
function foundIn(sql: string): { id: string; day: string }[] {
  return [...sql.matchAll(/^\('(\d+)', (NULL|TIMESTAMP '([\d-]+) )/gm)].map(
    ([, id = '', , found = 'none']) => ({
      id,
      day: found,
    }),
  );
}

describe('statements that rewrite events', () => {
  it('have each event once, within the limits of Athena', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 40 }), (made) => {
        const events: EventChange[] = made.map((event, index) => ({ ...event, id: String(index) }));
        const statements = [...rewriteStatements(events)];
        const found = statements.map(foundIn);
        expect(
          found
            .flat()
            .map(({ id }) => Number(id))
            .sort((one, other) => one - other),
        ).toEqual(events.map((_, index) => index));
        for (const sql of statements) expect(Buffer.byteLength(sql)).toBeLessThan(262_144);
        for (const ids of found) {
          const days = new Set(ids.map((each) => each.day));
          expect(days.size).toBeLessThanOrEqual(15);
          if (days.has('none')) expect(days.size).toBe(1);
        }
      }),
    );
  });

  it('limit the archive to the times of the events', () => {
    const events = [at(5), at(1), at(3)].map((time, index) => ({ id: String(index), time, row: undefined }));
    expect([...rewriteStatements(events)]).toEqual([
      expect.stringContaining(
        "archived.event_time >= TIMESTAMP '2026-01-01 00:00:00.001' AND archived.event_time <= TIMESTAMP '2026-01-01 00:00:00.005'\n",
      ),
    ]);
    expect([...rewriteStatements([{ id: '1', time: undefined, row: undefined }])]).toEqual([
      expect.stringContaining('AND archived.event_time IS NULL\n'),
    ]);
  });

  it('quote texts', () => {
    const [sql = ''] = rewriteStatements([{ id: '1', time: undefined, row: rowOf("it's") }]);
    expect(sql).toContain("ARRAY['o''ana@example.com', 'bo@example.com']");
    expect(sql).toContain("'it''s'");
  });

  it('do not have a row that is too long', () => {
    expect(isTooLong(rowOf('x'.repeat(110_000)))).toBe(false);
    expect(isTooLong(rowOf('x'.repeat(130_000)))).toBe(true);
  });

  it('are none for no event', () => {
    expect([...rewriteStatements([])]).toEqual([]);
  });
});
