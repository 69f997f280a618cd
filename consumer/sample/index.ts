export type { SampleEvent } from './messages/life-cycle';
export type { SampleCounts, SampleObject } from './objects/sample-object';
export { sampleEvents } from './sample-events';
export { sampleObjects } from './sample-objects';
export type { SampleOptions } from './seed/options';
