import { minimalMailBlock, sendMailBlock } from '../messages/message';
import type { Timeline } from '../messages/timeline';

/** SES accepts the message. */
function send(timeline: Timeline): void {
  timeline.add({ eventType: 'Send', mail: sendMailBlock(timeline.message), send: {} });
}

/** SES accepts the message, then finds a virus in it. */
function reject(timeline: Timeline): void {
  timeline.add({ eventType: 'Reject', mail: timeline.message.mail, reject: { reason: 'Bad content' } });
}

/** SES accepts the request, but the data does not match the template. No Send is recorded. */
function failToRender(timeline: Timeline): void {
  const { message } = timeline;
  const attribute = timeline.random.pick(['name', 'orderNumber', 'customer.address.city', '__proto__']);
  timeline.add({
    eventType: 'Rendering Failure',
    mail: minimalMailBlock(message),
    failure: {
      templateName: message.campaign.template,
      errorMessage: `Attribute '${attribute}' is not present in the rendering data.`,
    },
  });
}

export { failToRender, reject, send };
