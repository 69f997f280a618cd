import type { BounceEvent } from '../../events';
import type { SampleEvent } from '../messages/timeline';
import type { SampleOptions } from '../seed/options';
import { Random } from '../seed/random';
import { lineInsertedAfter } from './inserted-lines';
import { LineObject } from './line-object';
import { Redeliveries } from './redeliveries';
import { ObjectNames, type SampleCounts, type SampleObject, type SampleRecord } from './sample-object';
import { type UnusualObject, unusualObjects } from './unusual-objects';

/** The random sequence for everything except the events. */
const deliveryStream = 2;

/** Minimum number of events for an archive with unusual objects and broken records. */
const minEventsForUnusualData = 300;

const hour = 60 * 60 * 1000;

/** Delivers events, in the order of their arrival, as objects. */
class Firehose {
  private readonly random: Random;
  private readonly names: ObjectNames;
  private readonly lines: LineObject;
  private readonly redeliveries: Redeliveries;
  private readonly hasUnusualData: boolean;
  /** Complete objects that `completed` has not returned yet. */
  private readonly objects: SampleObject[] = [];
  private readonly unusualObjects: UnusualObject[];
  /** The unusual object that contains the first events of the current hour, and those events. */
  private unusual: UnusualObject | undefined;
  private unusualRecords: SampleRecord[] = [];
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
    this.hasUnusualData = options.events >= minEventsForUnusualData;
    this.unusualObjects = this.hasUnusualData ? [...unusualObjects] : [];
  }

  /** Adds an event. */
  put({ event, arrival }: SampleEvent): void {
    const record = { event, arrival, text: JSON.stringify(event) };
    this.lastArrival = arrival;
    this.startHour(arrival);
    if (this.unusual === undefined) {
      this.putLine(record);
    } else {
      this.unusualRecords.push(record);
      if (this.unusualRecords.length === this.unusual.eventCount) this.closeUnusual();
    }
  }

  /** Completes the remaining objects after the last event. */
  end(): void {
    this.closeUnusual();
    this.redeliver(Number.POSITIVE_INFINITY);
    this.closeLines();
  }

  /** Returns the objects that were completed since the last call. */
  completed(): SampleObject[] {
    return this.objects.splice(0);
  }

  /**
   * Starts a new hour. Objects do not continue into another hour. Each hour except the first can begin with
   * an unusual object.
   */
  private startHour(arrival: number): void {
    const arrivalHour = Math.floor(arrival / hour);
    if (arrivalHour === this.hour) return;
    this.closeUnusual();
    this.closeLines();
    if (this.hour !== undefined) this.unusual = this.unusualObjects.shift();
    this.hour = arrivalHour;
  }

  private putLine(record: SampleRecord): void {
    const { event, arrival, text } = record;
    const line = this.line++;
    this.redeliver(arrival);
    this.append(text, 'events');
    this.redeliveries.offer(text, arrival);
    if (event.eventType === 'Bounce') this.earlierBounce = event;
    const inserted = this.hasUnusualData ? lineInsertedAfter(line, record, this.random) : undefined;
    if (inserted !== undefined) this.append(inserted.text, inserted.count);
  }

  /** Repeats the lines that are due before a time. */
  private redeliver(time: number): void {
    for (let text = this.redeliveries.next(time); text !== undefined; text = this.redeliveries.next(time)) {
      this.append(text, 'duplicates');
    }
  }

  private append(text: string, count: keyof SampleCounts): void {
    this.lines.append(text, count, this.lastArrival);
    if (this.lines.records >= this.options.eventsPerObject) this.closeLines();
  }

  private closeLines(): void {
    if (this.lines.records > 0) this.objects.push(this.lines.close());
  }

  private closeUnusual(): void {
    const [first, ...others] = this.unusualRecords;
    if (this.unusual === undefined || first === undefined) return;
    const { earlierBounce, names, random } = this;
    this.objects.push(this.unusual.build({ records: [first, ...others], earlierBounce, names, random }));
    this.unusual = undefined;
    this.unusualRecords = [];
  }
}

export { Firehose };
