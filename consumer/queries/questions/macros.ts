import type { Dialect } from '../../archive/dialects/dialect';
import { sourceParts } from '../../archive/views/mailbox';
import { mailboxProvider, recipientIsp } from '../../archive/views/mailbox-providers';
import { messagesIn } from '../../archive/views/messages';
import { type ParameterValues, periodStep, timeZoneOf } from './parameters';
import { verdictSql } from './verdict-thresholds';

/** Returns a time in a zone as SQL. Times are stored in UTC. */
function localTime(dialect: Dialect, time: string, zone: string): string {
  return zone === 'UTC' ? time : dialect.localTime(time, zone);
}

/** What a macro depends on, besides its arguments. */
interface MacroContext {
  dialect: Dialect;
  values: ParameterValues;
}

/** An expression for its arguments, which are SQL. */
type Macro = (context: MacroContext, first: string, second: string, third: string) => string;

/**
 * Macros such as `{milliseconds a; b}`, for differences between the engines and for expressions that several
 * questions or views share.
 */
const macros: Readonly<Record<string, Macro>> = {
  milliseconds: ({ dialect }, from, to) => dialect.milliseconds(from, to),
  local: ({ dialect, values }, time) => localTime(dialect, time, timeZoneOf(values)),
  times: ({ dialect }, first, last, step) => dialect.times(first, last, step),
  periods: ({ dialect, values }, first, last) => dialect.times(first, last, periodStep(values)),
  length: ({ dialect }, list) => dialect.length(list),
  sender: ({ dialect }, source) => sourceParts(dialect, source),
  messages_in: ({ dialect }, table) => messagesIn(dialect, table),
  isp: ({ dialect }, tags) => recipientIsp(dialect, tags),
  provider: (_, domain, isp) => mailboxProvider(domain, isp),
  bounce_verdict: (_, rate) => verdictSql('bounce', rate),
  complaint_verdict: (_, rate) => verdictSql('complaint', rate),
};

/** A macro with its arguments. */
const call = /\{(\w+) ([^{}]+)\}/g;

/**
 * Replaces the macros in the text of a question.
 * @throws {Error} when one is unknown
 */
function expandMacros(text: string, context: MacroContext): string {
  return text.replaceAll(call, (found, name: string, list: string) => {
    const macro = macros[name];
    if (macro === undefined)
      throw new Error(`unknown macro ${found}: use one of ${Object.keys(macros).join(', ')}`);
    const [first = '', second = '', third = ''] = list.split('; ');
    return macro(context, first, second, third);
  });
}

export { expandMacros };
