import { type TraceStep, traced } from '../../../queries/trace/steps';
import { headerText } from '../../../texts/header-text';
import { formatCount, formatNumber, formatTime } from '../../../texts/number-text';
import { shellWord } from '../../../texts/shell-word';
import { terminalText } from '../../../texts/terminal-text';
import { EventText } from '../../components/event-text';
import { Scrolling } from '../../components/scrolling';
import { indentedJson } from '../data/indented-json';
import { type MessageRecord, messageRecords } from '../data/message-records';
import type { MakePage, PageSource } from '../data/page';
import { recipientResults } from '../data/recipient-results';
import { personAddress } from './links';
import { notFound } from './not-found';
import { Timeline } from './timeline';

/** Number of records, of recipients and of steps that a page shows. */
const maxRecords = 20;
const maxRecipients = 100;
const maxSteps = 1_000;

/** Characters of a record that a page shows. */
const maxRecordLength = 20_000;

/** A text cut with a note of its length. */
function cutLines(text: string): string {
  const shown = text.length > maxRecordLength ? text.slice(0, maxRecordLength) : text;
  const lines = shown.split('\n').map(terminalText).join('\n');
  return shown === text ? lines : `${lines}\n… cut, ${formatCount(text.length)} characters in all`;
}

function Recipients({ steps, source }: { steps: readonly TraceStep[]; source: PageSource }) {
  const all = recipientResults(steps);
  if (all.length === 0) return <p class="empty">No event identifies a recipient.</p>;
  return (
    <Scrolling caption="Recipients">
      <table>
        <thead>
          <tr>
            <th scope="col">Recipient</th>
            <th scope="col">Last result, with the response of the server</th>
            <th scope="col">Time (UTC)</th>
          </tr>
        </thead>
        <tbody>
          {all.slice(0, maxRecipients).map(({ recipient, what, time }) => (
            <tr>
              <td>
                {source.isMasked ? (
                  <EventText text={source.mask(recipient)} />
                ) : (
                  <a href={personAddress(recipient)}>
                    <EventText text={recipient} />
                  </a>
                )}
              </td>
              <td>
                <EventText text={source.mask(what)} />
              </td>
              <td class="time">{time === undefined ? '–' : formatTime(time)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {all.length > maxRecipients ? (
        <p class="note">{`${formatCount(all.length - maxRecipients)} more recipients: see the command below.`}</p>
      ) : null}
    </Scrolling>
  );
}

function Records({ records, source }: { records: readonly MessageRecord[]; source: PageSource }) {
  return (
    <>
      {records.map(({ eventId, eventType, time, record }) => (
        <details id={`event-${eventId}`}>
          <summary>{`${eventType}${time === undefined ? '' : `, ${formatTime(time)} UTC`}`}</summary>
          <pre>{cutLines(indentedJson(record, source.isMasked ? source.mask : undefined))}</pre>
        </details>
      ))}
      {records.length === maxRecords ? (
        <p class="note">{`The first ${maxRecords} events are shown.`}</p>
      ) : null}
    </>
  );
}

/** Returns the command that shows a message. An id that begins like an option is after `--`. */
function traceCommand(messageId: string): string {
  return `ses-events trace ${messageId.startsWith('-') ? '-- ' : ''}${shellWord(messageId)}`;
}

/** The page of a message: its timeline, its recipients, its records, and their places. */
const messagePage: MakePage = async ({ name }, source) => {
  const of = traced(name);
  if (!('messageId' in of)) return notFound('This is not a message id.');
  const timeline = await source.open.trace(of, { withPlaces: true });
  if (timeline.count === 0) return notFound('There are no events of a message with this id.');
  const steps = [...timeline.newest(maxSteps)];
  const records =
    source.database === undefined
      ? undefined
      : await messageRecords(source.database, of.messageId, maxRecords);
  const [{ subject } = {}] = steps;
  return {
    title: subject === undefined ? 'Message' : source.mask(headerText(subject)).slice(0, 200),
    parts: [
      <p class="note">
        Message id <code>{terminalText(of.messageId)}</code>
      </p>,
      <section>
        <h2>Recipients</h2>
        <Recipients steps={steps} source={source} />
      </section>,
      <section>
        <h2>Timeline</h2>
        <Timeline steps={steps} source={source} />
        <p class="note">{`${formatNumber(timeline.count, 'step')}. The command for the same rows:`}</p>
        <code class="command">{terminalText(traceCommand(of.messageId))}</code>
      </section>,
      <section>
        <h2>Events as JSON</h2>
        {records === undefined ? (
          <p class="empty">These require an archive. Athena has no page for them.</p>
        ) : (
          <Records records={records} source={source} />
        )}
      </section>,
    ],
  };
};

export { messagePage };
