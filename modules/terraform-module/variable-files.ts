import { snakeName } from '../cdktf/logical-id';
import { settingGroups } from '../stream-settings';
import { type Block, writeBlock } from './hcl/block';
import { bodyOf } from './hcl/from-json';
import { parseExpression, parseJson } from './hcl/parse';
import type { ModuleBlocks, VariableBody } from './module-blocks';

/** The file of the variables of each group of settings, in the order of the groups. */
const files = [
  'variables.tf',
  'variables-configuration-sets.tf',
  'variables-ses-role.tf',
  'variables-delivery-stream.tf',
  'variables-archive-bucket.tf',
  'variables-encryption-key.tf',
  'variables-object-queue.tf',
  'variables-catalog.tf',
  'variables-archive-table.tf',
  'variables-alarms.tf',
] as const;

/** Settings whose group would be too long for one file: the file of the group, the settings, and their own file. */
const ownFiles = [
  ['variables-configuration-sets.tf', /^(event|publish|feedback)/, 'variables-event-destinations.tf'],
  ['variables-delivery-stream.tf', /^parquet/, 'variables-parquet.tf'],
  [
    'variables-archive-bucket.tf',
    /^(transition|expiration|errorExpiration|noncurrent|incompleteUpload|objectLock)/,
    'variables-retention.tf',
  ],
] as const;

/** Maximum width of a line in a description. */
const descriptionWidth = 100;

/** Breaks a text at spaces. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Writes a description on one line or, if it is long, as a heredoc. Terraform does not evaluate it. */
function descriptionText(text: string): string {
  const literal = text.replace(/[$%](?=\{)/g, '$&$&');
  if (text.length + '  description = ""'.length <= descriptionWidth) return JSON.stringify(literal);
  const lines = wrapped(literal, descriptionWidth - 4);
  return `<<-EOT\n${lines.map((line) => `    ${line}\n`).join('')}  EOT`;
}

/** A default is a literal, in which Terraform evaluates nothing in its JSON syntax. */
function literal(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_, each) =>
    typeof each === 'string' ? each.replace(/[$%](?=\{)/g, '$&$&') : each,
  );
}

/** Declares a variable, in the order of HashiCorp's style guide. A null value is allowed unless it is excluded. */
function variableBlock(name: string, { type, description, validation = [], ...rest }: VariableBody): Block {
  const validations = validation.map(({ condition, error_message }) => ({ condition, error_message }));
  return {
    type: 'variable',
    labels: [name],
    body: {
      attributes: [
        { name: 'description', value: descriptionText(description) },
        { name: 'type', value: parseExpression(type) },
        ...('default' in rest ? [{ name: 'default', value: parseJson(literal(rest.default)) }] : []),
        ...(rest.nullable === false ? [{ name: 'nullable', value: parseExpression('false') }] : []),
      ],
      blocks: bodyOf({ validation: validations }, { isMap: () => false }).blocks,
    },
  };
}

/** Returns the file of a setting. */
function fileOf(setting: string, group: number): string {
  const file = files[group];
  if (file === undefined) throw new Error(`the group of the setting ${setting} has no file`);
  return ownFiles.find(([ofGroup, settings]) => ofGroup === file && settings.test(setting))?.[2] ?? file;
}

/** Writes the variables, in a file for each group of settings. */
function variableFiles({ variable }: ModuleBlocks): Record<string, string> {
  const texts = new Map<string, string[]>();
  for (const [group, { fields }] of settingGroups.entries()) {
    for (const setting of Object.keys(fields)) {
      const name = snakeName(setting);
      const body = variable[name];
      if (body === undefined) throw new Error(`the setting ${setting} has no variable`);
      const file = fileOf(setting, group);
      texts.set(file, [...(texts.get(file) ?? []), writeBlock(variableBlock(name, body))]);
    }
  }
  return Object.fromEntries([...texts].map(([file, written]) => [file, written.join('\n')]));
}

export { descriptionText, variableFiles };
