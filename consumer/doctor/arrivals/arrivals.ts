import { type Answer, found } from '../answers/answer';
import type { Clients } from '../answers/clients';
import { type Examination, type Finding, failure, ok, unanswered, warning } from '../findings/finding';
import { age } from '../findings/wording';
import type { ArchivePlace } from '../places/archive-place';
import { errorPrefixes } from '../places/prefix';
import { readErrorCodes } from './error-codes';
import { askNewestObjects, askObjects, type Listed, type Listing, newestOf } from './listing';

/** Milliseconds without new objects after which the check warns. */
const quiet = 24 * 60 * 60 * 1000;

/** The fix when no other check explains the missing events. */
const sendFix = 'send a test message: add --send --from ADDRESS';

/** Checks the age of the newest object. */
function judgeArrivals(listing: Answer<Listing>, { bucket, prefix }: ArchivePlace, now: Date): Finding {
  const check = 'arrivals';
  const where = `s3://${bucket}/${prefix}`;
  if (listing.state !== 'found') {
    const absence = { message: `the bucket ${bucket} does not exist`, fix: 'deploy it again' };
    return unanswered(check, `list ${where}`, listing, absence);
  }
  const newest = newestOf(listing.value);
  const partly = listing.value.hasMore ? ' (not all objects were listed)' : '';
  if (newest === undefined) return warning(check, `no events have arrived in ${where}${partly}`, sendFix);
  const passed = now.getTime() - newest.lastModified.getTime();
  const message = `the newest object is ${age(passed)} old${partly}: ${newest.key}`;
  return passed > quiet ? warning(check, message, sendFix) : ok(check, message);
}

/**
 * Checks for records that Firehose could not deliver. It is a failure when no events arrived since.
 * @param codes of the newest errors
 * @param arrived the newest object of events
 */
function judgeErrors(
  listing: Answer<Listing>,
  codes: readonly string[],
  { archive, arrived, now }: { archive: ArchivePlace; arrived: Listed | undefined; now: Date },
): Finding {
  const check = 'errors';
  if (listing.state !== 'found') {
    const absence = { message: `the bucket ${archive.bucket} does not exist`, fix: 'deploy it again' };
    return unanswered(check, `list the error objects in ${archive.bucket}`, listing, absence);
  }
  const newest = newestOf(listing.value);
  if (newest === undefined) return ok(check, 'the errors prefix is empty');
  const { objects, hasMore } = listing.value;
  const count = `${hasMore ? 'more than ' : ''}${objects.length} error object${objects.length === 1 ? '' : 's'}`;
  const names = codes.length === 0 ? '' : ` (${codes.slice(0, 5).join(', ')})`;
  const passed = age(now.getTime() - newest.lastModified.getTime());
  const message = `${count}${names}, the newest ${passed} old: ${newest.key}`;
  const folder = newest.key.slice(0, newest.key.lastIndexOf('/') + 1);
  const fix = `check the error codes, and recover the events with: ses-events read s3://${archive.bucket}/${folder}`;
  const isLast = arrived === undefined || newest.lastModified > arrived.lastModified;
  return isLast
    ? failure(check, `${message}; no events have arrived since`, fix)
    : warning(check, message, fix);
}

/** Lists all records that Firehose could not deliver, under all of its error prefixes. */
async function askErrors(clients: Clients, archive: ArchivePlace): Promise<Answer<Listing>> {
  const { bucket, prefix, errorPrefix } = archive;
  const listings: Listing[] = [];
  for (const below of errorPrefixes(prefix, errorPrefix)) {
    const answer = await askObjects(clients, { bucket, prefix: below });
    if (answer.state !== 'found') return answer;
    listings.push(answer.value);
  }
  const objects = listings.flatMap((listing) => listing.objects);
  return { state: 'found', value: { objects, hasMore: listings.some(({ hasMore }) => hasMore) } };
}

/**
 * Checks the events that arrived in the bucket, and those that could not be delivered. The result is whether
 * events arrived lately.
 */
async function* examineArrivals(clients: Clients, archive: ArchivePlace, now: Date): Examination<boolean> {
  const { bucket, prefix, errorPrefix } = archive;
  const without = errorPrefixes(prefix, errorPrefix);
  const arrivals = await askNewestObjects(clients, { bucket, prefix }, { without });
  const finding = judgeArrivals(arrivals, archive, now);
  yield finding;
  const errors = await askErrors(clients, archive);
  const codes = await readErrorCodes(clients, bucket, found(errors)?.objects ?? []);
  const known = found(arrivals);
  yield judgeErrors(errors, codes, { archive, arrived: known && newestOf(known), now });
  return finding.status === 'ok';
}

export { examineArrivals, judgeArrivals, judgeErrors };
