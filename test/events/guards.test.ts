import {
  eventKinds,
  eventSchemas,
  isBounce,
  isClick,
  isComplaint,
  isDelivery,
  isDeliveryDelay,
  isOpen,
  isReject,
  isRenderingFailure,
  isSend,
  isSubscription,
  isUnknown,
  KnownEventSchema,
  parseEvent,
} from '../../consumer/events';
import { isEventKind, isKnownEvent } from '../../consumer/events/known-event';
import { fixture } from '../fixtures/load';
import { eventFolders } from './event-folders';

/** One event of every kind, the unknown one included, in AWS's order. */
const oneOfEach = [
  ...eventFolders.map(([folder]) => parseEvent(fixture(folder, 'minimal'))),
  parseEvent(fixture('unknown', 'later-kind')),
];

describe('a guard', () => {
  it.each([
    ['isSend', isSend, 'Send'],
    ['isDelivery', isDelivery, 'Delivery'],
    ['isReject', isReject, 'Reject'],
    ['isRenderingFailure', isRenderingFailure, 'Rendering Failure'],
    ['isBounce', isBounce, 'Bounce'],
    ['isComplaint', isComplaint, 'Complaint'],
    ['isOpen', isOpen, 'Open'],
    ['isClick', isClick, 'Click'],
    ['isDeliveryDelay', isDeliveryDelay, 'DeliveryDelay'],
    ['isSubscription', isSubscription, 'Subscription'],
    ['isUnknown', isUnknown, 'Unknown'],
  ])('accepts its own kind only: %s', (_name, guard, kind) => {
    expect(oneOfEach.filter(guard).map(({ eventType }) => eventType)).toEqual([kind]);
  });

  it('accepts a legacy notification and a Pinpoint record as their kind', () => {
    const events = [
      parseEvent(fixture('legacy-bounce', 'minimal')),
      parseEvent(fixture('pinpoint-email', 'hardbounce')),
    ];
    expect(events.filter(isBounce)).toHaveLength(2);
    expect(events.filter(isUnknown)).toHaveLength(0);
  });
});

describe('eventKinds', () => {
  it('is the list of AWS in its order and spelling', () => {
    expect(eventKinds).toEqual([
      'Send',
      'Delivery',
      'Reject',
      'Rendering Failure',
      'Bounce',
      'Complaint',
      'Open',
      'Click',
      'DeliveryDelay',
      'Subscription',
    ]);
  });

  it('has a schema for each, and the union accepts exactly these', () => {
    expect(Object.keys(eventSchemas)).toEqual(eventKinds);
    expect(KnownEventSchema.options.map(({ shape }) => shape.eventType.value)).toEqual(eventKinds);
  });
});

describe('isEventKind', () => {
  it.each(eventKinds)('accepts %s', (kind) => {
    expect(isEventKind(kind)).toBe(true);
  });

  it.each(['Unknown', 'RENDERING_FAILURE', 'RenderingFailure', 'bounce', 'toString', '', null, undefined, 1])(
    'rejects %j',
    (text) => {
      expect(isEventKind(text)).toBe(false);
    },
  );
});

it.each([
  null,
  undefined,
  'Send',
  [],
  {},
  { eventType: 'Send' },
  { eventType: 'Unknown', recordType: 'Send', record: {} },
])('isKnownEvent is false for %j', (value) => {
  expect(isKnownEvent(value)).toBe(false);
});
