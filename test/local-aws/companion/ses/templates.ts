import { z } from 'zod';
import { type Route, route } from './route';
import { SesError } from './ses-error';
import type { SesRegion, Template } from './ses-region';

const content = z.object({
  Subject: z.string().optional(),
  Text: z.string().optional(),
  Html: z.string().optional(),
});
const folder = '/v2/email/templates';
const one = `${folder}/{TemplateName}`;

/** @throws {SesError} when the template does not exist */
function templateOf(region: SesRegion, name: string): Template {
  const found = region.templates.get(name);
  if (found === undefined) throw new SesError('NotFoundException', `Template ${name} does not exist.`);
  return found;
}

/**
 * Operations on templates.
 * @see https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CreateEmailTemplate.html
 * @see https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetEmailTemplate.html
 */
const templateRoutes: readonly Route[] = [
  route(
    'POST',
    folder,
    z.object({ TemplateName: z.string(), TemplateContent: content }),
    ({ region, input }) => {
      if (region.templates.has(input.TemplateName)) {
        throw new SesError('AlreadyExistsException', `Template ${input.TemplateName} already exists.`);
      }
      region.templates.set(input.TemplateName, input.TemplateContent);
    },
  ),
  route('GET', one, z.unknown(), ({ region, path }) => ({
    TemplateName: path.TemplateName,
    TemplateContent: templateOf(region, path.TemplateName ?? ''),
  })),
  route('PUT', one, z.object({ TemplateContent: content }), ({ region, path, input }) => {
    templateOf(region, path.TemplateName ?? '');
    region.templates.set(path.TemplateName ?? '', input.TemplateContent);
  }),
  route('DELETE', one, z.unknown(), ({ region, path }) => {
    region.templates.delete(path.TemplateName ?? '');
  }),
];

/**
 * Returns the first attribute of a template that is missing in the data.
 * @example missingAttribute({ Subject: 'Hello {{name}}' }, {}) // 'name'
 * @see https://docs.aws.amazon.com/ses/latest/dg/send-personalized-email-api.html
 */
function missingAttribute(template: Template, data: Readonly<Record<string, unknown>>): string | undefined {
  const text = [template.Subject, template.Text, template.Html].join('\n');
  const names = [...text.matchAll(/\{\{\{?\s*([\w.]+)\s*\}?\}\}/g)].map(([, name = '']) => name);
  return names.find((name) => {
    let value: unknown = data;
    for (const part of name.split('.')) {
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return true;
      value = (value as Record<string, unknown>)[part]; // an object with the attribute
    }
    return false;
  });
}

export { content as templateContent, missingAttribute, templateOf, templateRoutes };
