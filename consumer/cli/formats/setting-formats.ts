import type { Settings, SettingValue } from '../../doctor/configuration-set-settings';
import { terminalText } from '../../texts/terminal-text';

/** Quotes a text for JSON and HCL, with control characters escaped for terminals. */
const quoted = (text: string): string => terminalText(JSON.stringify(text));

/** Formats a text as an HCL string. HCL starts expressions with `${` and `%{`, and does not have `\b` and `\f`. */
function hclText(text: string): string {
  return quoted(text)
    .replace(/\\[^u]/g, (pair) => ({ '\\b': '\\u0008', '\\f': '\\u000c' })[pair] ?? pair)
    .replace(/[$%](?=\{)/g, (sign) => sign + sign);
}

function hclValue(value: SettingValue): string {
  if (typeof value === 'string') return hclText(value);
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return `[${value.map(hclText).join(', ')}]`;
  const entries = Object.entries(value).map(([key, text]) => `${hclText(key)} = ${hclText(text)}`);
  return `{ ${entries.join(', ')} }`;
}

/** Spells a setting as the module's variables do: `buffering_size` for `bufferingSize`. */
const variableName = (setting: string) => setting.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Formats settings as arguments of the Terraform module, aligned as by terraform fmt. */
function hclSettings(settings: Settings): string {
  const names = Object.keys(settings).map(variableName);
  const width = Math.max(...names.map((name) => name.length));
  return Object.values(settings)
    .map((value, index) => `  ${(names[index] ?? '').padEnd(width)} = ${hclValue(value)}\n`)
    .join('');
}

/** Formats of settings: for the Terraform module, or for an environment of cdktf.json. */
const settingFormats: Readonly<Record<'hcl' | 'json', (settings: Settings) => string>> = {
  hcl: hclSettings,
  json: (settings) => {
    const lines = JSON.stringify(settings, null, 2).split('\n');
    return `${lines.map(terminalText).join('\n')}\n`;
  },
};

export { settingFormats };
