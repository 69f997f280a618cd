import type { z } from 'zod';
import { describeField, type FieldForm, mapWords } from '../settings/field';

/** Prefix of this app's environment variables. */
const prefix = 'EMAIL_EVENTS_';

/** Returns the environment variable of a setting: `EMAIL_EVENTS_BUFFERING_SIZE` for `bufferingSize`. */
function variableName(setting: string): string {
  return prefix + setting.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}

/**
 * Parses a variable's text into the setting's value. Invalid text is returned unchanged, and the check
 * rejects it.
 */
function parseVariable(text: string, form: FieldForm): unknown {
  switch (form.kind) {
    case 'text':
      return text;
    case 'number':
      return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
    case 'switch':
      return text === 'true' ? true : text === 'false' ? false : text;
    case 'choice':
      return form.choices.find((choice) => String(choice) === text) ?? text;
    case 'list':
      return text === '' ? [] : text.split(',').map((item) => parseVariable(item.trim(), form.of));
    case 'map': {
      if (text === '') return {};
      const pairs = text.split(',').map((pair) => /^([^=]+)=(.*)$/.exec(pair.trim()));
      return pairs.includes(null) ? text : Object.fromEntries(pairs.map((pair) => [pair?.[1], pair?.[2]]));
    }
  }
}

/** Replaces the form of a map in a message with its form in a variable. */
function variableMessage(message: string): string {
  return message.replace(mapWords, 'pairs of name=text, separated by commas, such as Team=mail');
}

/** Reads the settings in environment variables, and the variables that do not name a setting. */
function readVariables(
  environment: NodeJS.ProcessEnv,
  fields: Readonly<Record<string, z.ZodType>>,
): { values: Record<string, unknown>; unknown: string[] } {
  const settings = new Map(Object.keys(fields).map((name) => [variableName(name), name]));
  const values: Record<string, unknown> = {};
  const unknown: string[] = [];
  for (const [variable, text] of Object.entries(environment)) {
    if (!variable.startsWith(prefix) || text === undefined) continue;
    const name = settings.get(variable) ?? '';
    const schema = fields[name];
    if (schema === undefined) unknown.push(variable);
    else values[name] = parseVariable(text, describeField(name, schema).form);
  }
  return { values, unknown };
}

export { readVariables, variableMessage, variableName };
