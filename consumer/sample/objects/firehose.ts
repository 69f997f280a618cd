import type { BounceEvent } from '../../events';
import type { SampleEvent } from '../messages/timeline';
import type { SampleOptions } from '../seed/options';
import { Random } from '../seed/random';
import { intrusionAfter } from './inserted-lines';
import { LineObject } from './line-object';
import { type OddObject, oddObjects } from './unusual-objects';
import { Redeliveries } from './redeliveries';
import { ObjectNames, type SampleCounts, type SampleObject, type SampleRecord } from './sample-object';

/** The random sequence for everything except the events. */
const deliveryStream = 2;

/** Minimum number of events for an archive with odd objects and broken records. */
const fewestForOddities = 300;

const hour = 60 * 60 * 1000;

/** Delivers events, in the order of their arrival, as objects. */
class Firehose {
  private readonly random: Random;
  private readonly names: ObjectNames;
  private readonly lines: LineObject;
  private readonly redeliveries: Redeliveries;
  private readonly hasOddities: boolean;
  /** Complete objects that `completed` has not returned yet. */
  private readonly objects: SampleObject[] = [];
  private readonly oddObjects: OddObject[];
  /** The current odd object for the first events of the hour, and those events. */
  private odd: OddObject | undefined;
  private oddRecords: SampleRecord[] = [];
  private hour: number | undefined;
  /** Number of the next line, over all objects. */
  private line = 0;
  private lastArrival = 0;
  private earlierBounce: BounceEvent | undefined;

  constructor(private readonly options: Required<SampleOptions>) {
    this.random = new Random(options.seed, deliveryStream);
    this.names = new ObjectNames(options.streamName, this.random);
    this.lines = new LineObject(this.names);
    this.redeliveries = new Redeliveries(this.random);
    this.hasOddities = options.events >= fewestForOddities;
    this.oddObjects = this.hasOddities ? [...oddObjects] : [];
  }

  /** Adds an event. */
  put({ event, arrival }: SampleEvent): void {
    const record = { event, arrival, text: JSON.stringify(event) };
    this.lastArrival = arrival;
    this.turnHour(arrival);
    if (this.odd === undefined) {
      this.putLine(record);
    } else {
      this.oddRecords.push(record);
      if (this.oddRecords.length === this.odd.takes) this.closeOdd();
    }
  }

  /** Completes the remaining objects after the last event. */
  end(): void {
    this.closeOdd();
    this.redeliver(Number.POSITIVE_INFINITY);
    this.closeLines();
  }

  /** Returns the objects that were completed since the last call. */
  completed(): SampleObject[] {
    return this.objects.splice(0);
  }

  /**
   * Starts a new hour. Objects do not continue into another hour. Each hour except the first can begin with
   * an odd object.
   */
  private turnHour(arrival: number): void {
    const arrivalHour = Math.floor(arrival / hour);
    if (arrivalHour === this.hour) return;
    this.closeOdd();
    this.closeLines();
    if (this.hour !== undefined) this.odd = this.oddObjects.shift();
    this.hour = arrivalHour;
  }

  private putLine(record: SampleRecord): void {
    const { event, arrival, text } = record;
    const line = this.line++;
    this.redeliver(arrival);
    this.append(text, 'events');
    this.redeliveries.offer(text, arrival);
    if (event.eventType === 'Bounce') this.earlierBounce = event;
    const intrusion = this.hasOddities ? intrusionAfter(line, record, this.random) : undefined;
    if (intrusion !== undefined) this.append(intrusion.text, intrusion.sort);
  }

  /** Repeats the lines that are due before a time. */
  private redeliver(time: number): void {
    for (let text = this.redeliveries.next(time); text !== undefined; text = this.redeliveries.next(time)) {
      this.append(text, 'duplicates');
    }
  }

  private append(text: string, sort: keyof SampleCounts): void {
    this.lines.append(text, sort, this.lastArrival);
    if (this.lines.records >= this.options.eventsPerObject) this.closeLines();
  }

  private closeLines(): void {
    if (this.lines.records > 0) this.objects.push(this.lines.close());
  }

  private closeOdd(): void {
    const [first, ...others] = this.oddRecords;
    if (this.odd === undefined || first === undefined) return;
    const { earlierBounce, names, random } = this;
    this.objects.push(this.odd.make({ records: [first, ...others], earlierBounce, names, random }));
    this.odd = undefined;
    this.oddRecords = [];
  }
}

export { Firehose };
