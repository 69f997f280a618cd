import type { LifeCycle } from '../messages/timeline';
import { bareMail, sendMail } from '../messages/message';

/** SES accepts the message. */
function send(cycle: LifeCycle): void {
  cycle.plan({ eventType: 'Send', mail: sendMail(cycle.message), send: {} });
}

/** SES accepts the message, then finds a virus in it. */
function reject(cycle: LifeCycle): void {
  cycle.plan({ eventType: 'Reject', mail: cycle.message.mail, reject: { reason: 'Bad content' } });
}

/** SES accepts the request, but the data does not match the template. No Send is recorded. */
function failToRender(cycle: LifeCycle): void {
  const { message } = cycle;
  const attribute = cycle.random.pick(['name', 'orderNumber', 'customer.address.city', '__proto__']);
  cycle.plan({
    eventType: 'Rendering Failure',
    mail: bareMail(message),
    failure: {
      templateName: message.campaign.template,
      errorMessage: `Attribute '${attribute}' is not present in the rendering data.`,
    },
  });
}

export { failToRender, reject, send };
