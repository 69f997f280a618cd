import { type Answer, found } from '../answers/answer';
import type { Clients } from '../answers/clients';
import { judgeArrivals, judgeErrors } from '../arrivals/arrivals';
import { readErrorCodes } from '../arrivals/error-codes';
import { askNewestObjects, askObjects, type Listing, newestOf } from '../arrivals/listing';
import type { ArchivePlace } from '../places/archive-place';
import { errorPrefixes } from '../places/prefix';
import type { Examination } from './examination';

/** Everything that Firehose could not deliver, under all of its prefixes. */
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

/** What has arrived in the bucket, and what could not be delivered; whether something has arrived lately. */
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

export { examineArrivals };
