import { z } from 'zod';
import { templateContent } from './templates';

const text = z.object({ Data: z.string(), Charset: z.string().optional() });
const header = z.object({ Name: z.string(), Value: z.string() });
const addresses = z.array(z.string()).default([]);

/** The input of SendEmail. */
const sendEmailInput = z.object({
  FromEmailAddress: z.string().optional(),
  Destination: z
    .object({ ToAddresses: addresses, CcAddresses: addresses, BccAddresses: addresses })
    .default({ ToAddresses: [], CcAddresses: [], BccAddresses: [] }),
  ReplyToAddresses: addresses,
  Content: z.object({
    Simple: z
      .object({
        Subject: text,
        Body: z.object({ Text: text.optional(), Html: text.optional() }),
        Headers: z.array(header).default([]),
      })
      .optional(),
    Raw: z.object({ Data: z.base64() }).optional(),
    Template: z
      .object({
        TemplateName: z.string().optional(),
        TemplateArn: z.string().optional(),
        TemplateContent: templateContent.optional(),
        TemplateData: z.string().default('{}'),
        Headers: z.array(header).default([]),
      })
      .optional(),
  }),
  EmailTags: z.array(z.object({ Name: z.string(), Value: z.string() })).default([]),
  ConfigurationSetName: z.string().optional(),
});

/** @see https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html */
type SendEmailInput = z.infer<typeof sendEmailInput>;

type Headers = { name: string; value: string }[];

/** Returns the unfolded headers of a raw message. */
function rawHeaders(data: string): Headers {
  const [head = ''] = Buffer.from(data, 'base64')
    .toString()
    .split(/\r?\n\r?\n/);
  return head
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
    .flatMap((line) => {
      const [, name, value = ''] = /^([!-9;-~]+):\s*(.*)$/.exec(line) ?? [];
      return name === undefined ? [] : [{ name, value }];
    });
}

/** Returns the headers that SES writes or reads from a raw message. */
function headersOf(input: SendEmailInput): Headers {
  const { FromEmailAddress, Destination, ReplyToAddresses, Content } = input;
  if (Content.Raw !== undefined) return rawHeaders(Content.Raw.Data);
  const own = [...(Content.Simple?.Headers ?? []), ...(Content.Template?.Headers ?? [])];
  const listed: [name: string, values: readonly string[]][] = [
    ['From', [FromEmailAddress ?? '']],
    ['Reply-To', ReplyToAddresses],
    ['To', Destination.ToAddresses],
    ['Cc', Destination.CcAddresses],
    ['Subject', Content.Simple === undefined ? [] : [Content.Simple.Subject.Data]],
    ['MIME-Version', ['1.0']],
  ];
  return [
    ...listed
      .filter(([, values]) => values.length > 0)
      .map(([name, values]) => ({ name, value: values.join(', ') })),
    ...own.map(({ Name: name, Value: value }) => ({ name, value })),
  ];
}

/** Returns the address in `Name <address>`, or the text. */
function addressIn(mailbox: string): string {
  return /<([^>]*)>\s*$/.exec(mailbox)?.[1] ?? mailbox.trim();
}

/** Returns the recipients of the call, otherwise the recipients in the headers of a raw message. */
function recipientsOf({ Destination }: SendEmailInput, headers: Headers): string[] {
  const { ToAddresses, CcAddresses, BccAddresses } = Destination;
  const called = [...ToAddresses, ...CcAddresses, ...BccAddresses];
  const written = headers
    .filter(({ name }) => /^(to|cc|bcc)$/i.test(name))
    .flatMap(({ value }) => value.split(/,\s*/));
  return (called.length > 0 ? called : written).map(addressIn);
}

export { addressIn, headersOf, recipientsOf, type SendEmailInput, sendEmailInput };
