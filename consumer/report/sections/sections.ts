import { bounces } from './bounces';
import { campaigns } from './campaigns';
import { complaints } from './complaints';
import { completeness } from './completeness';
import { volumeByDay } from './days';
import { delivery } from './delivery';
import { destinations } from './destinations';
import { engagement } from './engagement';
import { health } from './health';
import { overview } from './overview';
import type { Section } from './section';

/** The sections of the report, in the order of the page. */
const sections: readonly Section[] = [
  ...[overview, health, volumeByDay, bounces, complaints],
  ...[destinations, delivery, engagement, campaigns, completeness],
];

export { sections };
