export type { SampleEvent } from './life-cycle';
export type { SampleCounts, SampleObject } from './objects/sample-object';
export { defaultSampleOptions, type SampleOptions } from './options';
export { sampleEvents } from './sample-events';
export { sampleObjects } from './sample-objects';
