import type { TraceStep } from '../../../queries/trace/steps';
import { headerText } from '../../../texts/header-text';
import { formatNumber, formatTime } from '../../../texts/number-text';
import { EventText } from '../../components/event-text';
import { Scrolling } from '../../components/scrolling';
import type { PageSource } from '../data/page';
import { messageAddress } from './links';

/** The recipients of a step, or a note where its record does not identify them. */
function recipientText({ recipients: [first, ...others] }: TraceStep): string {
  if (first === undefined) return 'unknown';
  return others.length === 0 ? first : `${first} and ${formatNumber(others.length, 'other')}`;
}

interface TimelineProps {
  steps: readonly TraceStep[];
  source: PageSource;
  /**
   * Whether the steps are those of several messages. Each then has a link to its message, instead of its recipient.
   * @default false
   */
  hasMessages?: boolean;
}

/** The steps of messages, in the order of time, with their places. */
function Timeline({ steps, source, hasMessages = false }: TimelineProps) {
  const text = (shown: string) => <EventText text={source.mask(shown)} />;
  const hasPlaces = steps.some(({ places }) => places.length > 0);
  return (
    <Scrolling caption="Timeline">
      <table>
        <thead>
          <tr>
            <th scope="col">Time (UTC)</th>
            <th scope="col">{hasMessages ? 'Message' : 'Recipient'}</th>
            <th scope="col">Event</th>
            {hasPlaces ? <th scope="col">Found in</th> : null}
          </tr>
        </thead>
        <tbody>
          {steps.map((step) => (
            <tr>
              <td class="time">{step.time === undefined ? '–' : formatTime(step.time)}</td>
              <td>
                {hasMessages ? (
                  <a href={messageAddress(step.messageId)}>
                    {text(headerText(step.subject ?? step.messageId))}
                  </a>
                ) : (
                  text(recipientText(step))
                )}
              </td>
              <td>{text(step.what)}</td>
              {hasPlaces ? (
                <td>
                  {step.places.map((place) => (
                    <div>{text(place)}</div>
                  ))}
                </td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolling>
  );
}

export { Timeline };
