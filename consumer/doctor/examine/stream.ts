import type { DeliveryStreamDescription } from '@aws-sdk/client-firehose';
import { found } from '../answers/answer';
import type { Clients } from '../answers/clients';
import { askKey } from '../ask/key';
import { askStream } from '../ask/stream';
import type { FirehoseDestination } from '../event-destination';
import type { KeyUser } from '../judge/key-state';
import { isInPlace, nameOf, type Place } from '../places/place';
import { judgeStream } from '../stream';
import { judgeStreamKey, streamKeyArn } from '../stream-key';
import { type Examination, skip, strangeStream } from './examination';

/** The stream, and its own encryption. */
async function* examineStream(
  clients: Clients,
  { streamArn }: FirehoseDestination,
  user: KeyUser,
  { place, now }: { place: Place; now: Date },
): Examination<DeliveryStreamDescription | undefined> {
  if (!isInPlace(streamArn, place)) return yield* skip(['stream', 'stream-key'], strangeStream);
  const answer = await askStream(clients, nameOf(streamArn));
  yield judgeStream(answer, nameOf(streamArn));
  const stream = found(answer);
  if (stream === undefined) return yield* skip(['stream-key'], 'the stream is not known');
  const keyArn = streamKeyArn(stream);
  const key = keyArn === undefined ? undefined : await askKey(clients, keyArn);
  yield judgeStreamKey(stream, key, user, { place, now });
  return stream;
}

export { examineStream };
