import { emails } from './emails';
import { eventTags } from './event-tags';
import { viewsOfKinds } from './kinds';
import { messages } from './messages';
import { recipients } from './recipients';
import type { View } from './view';

/** The views that are the same text on both engines, in the order in which they are made. */
const views: readonly View[] = [...viewsOfKinds, recipients, emails, messages, eventTags];

export { views };
