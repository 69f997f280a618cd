import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { packageFile } from '../../pages/package-file';

/** Returns the style sheet of all pages. */
function styleText(): string {
  return readFileSync(packageFile(__dirname, 'style.css'), 'utf8');
}

/** Returns the source of an inline style sheet for a Content-Security-Policy: its digest. */
function styleSource(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

export { styleSource, styleText };
