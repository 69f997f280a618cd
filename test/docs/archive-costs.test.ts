import type { ScaleResult } from '../../bench/scale/scale-result';
import { bytesPerEvent, monthlyCosts } from '../../docs/archive-costs';

const read = (physicalInputBytes: number) => ({ physicalInputBytes, cpuTimeMillis: 1 });

/** Results for 1,000 events. */
const measured: ScaleResult = {
  fill: {
    events: 1_100,
    days: 2,
    lineBytes: 200_000,
    size: { bytes: 50_000, files: 10, rows: 1_000 },
    merges: read(400_000),
    first: read(100_000),
    again: read(50_000),
    joins: read(60_000),
    records: read(300_000),
  },
  questions: [
    { question: 'few', archive: read(1_000), lines: read(200_000) },
    { question: 'some', archive: read(10_000), lines: read(200_000) },
    { question: 'many', archive: read(40_000), lines: read(800_000) },
  ],
};

describe('the costs of an archive', () => {
  it('have the bytes of an event', () => {
    expect(bytesPerEvent(measured)).toEqual({
      lines: 200,
      archive: 50,
      merge: 400,
      again: 200,
      record: 300,
      join: 60,
    });
  });

  it('follow from these and the prices', () => {
    const month = monthlyCosts(measured, 3_000_000, 2);
    const events = 90_000_000; // on 30 days
    const terabyte = 1024 ** 4;
    expect(month.storedLines).toBeCloseTo(((events * 200) / 1024 ** 3) * 0.023);
    expect(month.storedArchive).toBeCloseTo(((events * 50) / 1024 ** 3) * 0.023);
    // Merged twice, recorded and joined once.
    expect(month.filled).toBeCloseTo(((events * (400 + 200 + 300 + 60)) / terabyte) * 5);
    expect(month.askedArchive.median).toBeCloseTo(((events * 10) / terabyte) * 5);
    expect(month.askedArchive.most).toBeCloseTo(((events * 40) / terabyte) * 5);
    expect(month.askedLines.median).toBeCloseTo(((events * 200) / terabyte) * 5);
    expect(month.askedLines.most).toBeCloseTo(((events * 800) / terabyte) * 5);
  });

  it('have at least 10 MB for each query', () => {
    const { askedArchive, filled } = monthlyCosts(measured, 1, 2);
    const least = ((10 * 1024 ** 2) / 1024 ** 4) * 5;
    expect(askedArchive).toEqual({ median: least, most: least });
    expect(filled).toBeCloseTo(4 * 30 * least);
  });
});
