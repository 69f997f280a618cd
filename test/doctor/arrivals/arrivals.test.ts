import { judgeArrivals, judgeErrors } from '../../../consumer/doctor/arrivals/arrivals';
import type { Listed, Listing } from '../../../consumer/doctor/arrivals/listing';
import { type ArchivePlace, archivePlace } from '../../../consumer/doctor/places/archive-place';
import { absent, found, refused, stream } from '../healthy';

const archive = archivePlace(stream) as ArchivePlace; // it delivers to S3
const now = new Date('2026-11-25T10:00:00Z');
const hour = 60 * 60 * 1000;

const object = (key: string, hours: number): Listed => ({
  key,
  lastModified: new Date(now.getTime() - hours * hour),
});
const listing = (...objects: Listed[]) => found<Listing>({ objects, hasMore: false });
const arrivals = (...objects: Listed[]) => judgeArrivals(listing(...objects), archive, now);

describe('the newest object', () => {
  it('is the last one written, in any folder', () => {
    expect(arrivals(object('events/b', 30), object('events/a', 2))).toEqual({
      check: 'arrivals',
      status: 'ok',
      message: 'the newest object is 2 hours old: events/a',
    });
  });

  it('is a warning after a day', () => {
    expect(arrivals(object('a', 24)).status).toBe('ok');
    expect(arrivals(object('a', 49))).toMatchObject({
      status: 'warning',
      message: 'the newest object is 2 days old: a',
      fix: expect.stringContaining('--send'),
    });
  });

  it('is a warning if there is none', () => {
    expect(arrivals()).toMatchObject({
      status: 'warning',
      message: expect.stringContaining('no events have arrived in s3://archive/events/'),
    });
  });

  it('shows that not all objects were listed', () => {
    const some = found<Listing>({ objects: [object('a', 1)], hasMore: true });
    expect(judgeArrivals(some, archive, now).message).toContain('(not all objects were listed): a');
  });

  it('is a warning without permission to list, and a failure without a bucket', () => {
    expect(judgeArrivals(refused, archive, now).status).toBe('warning');
    expect(judgeArrivals(absent, archive, now).status).toBe('failure');
  });
});

describe('the error objects of Firehose', () => {
  const judge = (errors: Listed[], arrived?: Listed, codes: string[] = []) =>
    judgeErrors(listing(...errors), codes, { archive, arrived, now });

  it('are ok if there are none', () => {
    expect(judge([])).toMatchObject({ check: 'errors', status: 'ok' });
  });

  it('are a failure if no events have arrived since', () => {
    const errors = [object('errors/x/2', 2), object('errors/x/1', 3)];
    for (const arrived of [undefined, object('events/a', 4)]) {
      expect(judge(errors, arrived, ['Lambda.FunctionError'])).toEqual({
        check: 'errors',
        status: 'failure',
        message:
          '2 error objects (Lambda.FunctionError), the newest 2 hours old: errors/x/2; no events have arrived since',
        fix: 'check the error codes, and recover the events with: ses-events read s3://archive/errors/x/',
      });
    }
  });

  it('are a warning if events have arrived since', () => {
    expect(judge([object('errors/1', 2)], object('events/a', 1))).toMatchObject({
      status: 'warning',
      message: '1 error object, the newest 2 hours old: errors/1',
    });
  });

  it('can be too many to count, and are a warning without permission to list', () => {
    const many = found<Listing>({ objects: [object('errors/1', 2)], hasMore: true });
    expect(judgeErrors(many, [], { archive, arrived: undefined, now }).message).toMatch(
      /^more than 1 error object,/,
    );
    expect(judgeErrors(refused, [], { archive, arrived: undefined, now }).status).toBe('warning');
  });
});
