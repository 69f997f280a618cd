import { setTimeout as sleep } from 'node:timers/promises';
import { readEvents } from '../../sources/event-reader';
import { s3Object } from '../../sources/s3-object';
import { type Source, sourceOf } from '../../sources/source';
import { SourceError } from '../../sources/source-error';
import { found } from '../answers/answer';
import type { Clients } from '../answers/clients';
import { askNewestObjects, askObjects, type Listed } from '../arrivals/listing';
import type { ArchivePlace } from '../places/archive-place';
import { errorPrefixes } from '../places/prefix';

/** The kinds of event that a message to the simulator causes. */
type AwaitedKind = 'Send' | 'Delivery';

/** The events of the message that have arrived so far. */
interface Arrivals {
  readonly kinds: ReadonlySet<AwaitedKind>;
  /** Whether some of them arrived under the errors prefix. */
  readonly isError: boolean;
}

/** Number of newest folders to list where names sort by time: the hour may change between two objects. */
const newestFolders = 2;

/**
 * Milliseconds between two listings. The first pauses are short, because a stream can buffer for one second
 * only.
 */
const pauses = [500, 1000, 2000, 5000] as const;

/** Watches the bucket for new objects. It compares keys, because clocks may differ. */
class Watch {
  private readonly seen = new Set<string>();
  private readonly arrived = new Set<AwaitedKind>();
  private isError = false;

  private constructor(
    private readonly clients: Pick<Clients, 's3' | 's3Options'>,
    private readonly archive: ArchivePlace,
  ) {}

  /** Starts to watch; existing objects are ignored. */
  static async start(clients: Pick<Clients, 's3' | 's3Options'>, archive: ArchivePlace): Promise<Watch> {
    const watch = new Watch(clients, archive);
    for (const { key } of await watch.list()) watch.seen.add(key);
    return watch;
  }

  get arrivals(): Arrivals {
    return { kinds: this.arrived, isError: this.isError };
  }

  /**
   * Lists repeatedly until all kinds of a message have arrived.
   * @param milliseconds maximum time
   * @returns whether all have arrived, also when the signal ends the wait
   */
  async wait(
    message: { id: string; kinds: readonly AwaitedKind[] },
    milliseconds: number,
    signal: AbortSignal,
  ): Promise<boolean> {
    const end = performance.now() + milliseconds;
    const hasAll = () => message.kinds.every((kind) => this.arrived.has(kind));
    for (let looks = 0; !signal.aborted; looks++) {
      await this.look(message.id);
      const left = end - performance.now();
      if (hasAll() || left <= 0) break;
      const pause = Math.min(pauses[looks] ?? pauses[pauses.length - 1] ?? 0, left);
      await sleep(pause, undefined, { signal }).catch(() => {}); // aborted: the loop ends
    }
    return hasAll();
  }

  private get errorPrefixes(): string[] {
    return errorPrefixes(this.archive.prefix, this.archive.errorPrefix);
  }

  /** Lists the objects that may contain the events; none where listing fails, and the next attempt follows. */
  private async list(): Promise<Listed[]> {
    const { bucket, prefix } = this.archive;
    const scope = { without: this.errorPrefixes, folders: newestFolders };
    const listings = await Promise.all([
      askNewestObjects(this.clients, { bucket, prefix }, scope),
      ...this.errorPrefixes.map((below) => askObjects(this.clients, { bucket, prefix: below })),
    ]);
    return listings.flatMap((listing) => found(listing)?.objects ?? []);
  }

  private async look(messageId: string): Promise<void> {
    const added = (await this.list()).filter(({ key }) => !this.seen.has(key));
    try {
      await this.read(messageId, added);
    } catch (error) {
      if (error instanceof SourceError) return; // the next attempt reads them again
      throw error;
    }
    for (const { key } of added) this.seen.add(key);
  }

  private async read(messageId: string, objects: readonly Listed[]): Promise<void> {
    const events = readEvents(this.source(objects), { kinds: ['Send', 'Delivery'] });
    for await (const { event, provenance } of events) {
      if (event.eventType !== 'Send' && event.eventType !== 'Delivery') continue;
      if (event.mail.messageId !== messageId) continue;
      this.arrived.add(event.eventType);
      this.isError ||= provenance.envelopes.includes('firehose-error');
    }
  }

  private source(objects: readonly Listed[]): Source {
    const { bucket } = this.archive;
    const { s3Options: options } = this.clients;
    return sourceOf(objects.map(({ key, etag }) => s3Object({ bucket, key, etag, options })));
  }
}

export { type AwaitedKind, Watch };
