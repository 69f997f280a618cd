/**
 * A hand-written DuckDB schema for SES events: the structure of the records, and a table with the columns of
 * consumer/archive/store/columns.ts that contain fields of records.
 */
const recordColumns: Readonly<Record<string, string>> = {
  eventType: 'VARCHAR',
  mail: `STRUCT("timestamp" VARCHAR, messageId VARCHAR, source VARCHAR, sourceArn VARCHAR, sendingAccountId VARCHAR,
    sourceIp VARCHAR, callerIdentity VARCHAR, destination VARCHAR[], headersTruncated BOOLEAN, headers JSON,
    commonHeaders STRUCT("from" VARCHAR[], sender JSON, "to" VARCHAR[], cc VARCHAR[], bcc VARCHAR[], replyTo VARCHAR[],
      returnPath VARCHAR, "date" VARCHAR, messageId VARCHAR, subject VARCHAR), tags JSON)`,
  delivery: `STRUCT("timestamp" VARCHAR, recipients VARCHAR[], processingTimeMillis BIGINT, smtpResponse VARCHAR,
    reportingMTA VARCHAR, remoteMtaIp VARCHAR)`,
  bounce: `STRUCT("timestamp" VARCHAR, bounceType VARCHAR, bounceSubType VARCHAR, bouncedRecipients JSON,
    feedbackId VARCHAR, reportingMTA VARCHAR, remoteMtaIp VARCHAR)`,
  complaint: `STRUCT("timestamp" VARCHAR, complainedRecipients JSON, feedbackId VARCHAR, complaintSubType VARCHAR,
    userAgent VARCHAR, complaintFeedbackType VARCHAR, arrivalDate VARCHAR)`,
  open: 'STRUCT("timestamp" VARCHAR, ipAddress VARCHAR, userAgent VARCHAR, isBotEvent VARCHAR)',
  click: `STRUCT("timestamp" VARCHAR, ipAddress VARCHAR, userAgent VARCHAR, isBotEvent VARCHAR, link VARCHAR,
    linkTags JSON)`,
  reject: 'STRUCT(reason VARCHAR)',
  failure: 'STRUCT(templateName VARCHAR, errorMessage VARCHAR)',
  deliveryDelay: `STRUCT("timestamp" VARCHAR, delayType VARCHAR, delayedRecipients JSON, expirationTime VARCHAR,
    reportingMTA VARCHAR)`,
  subscription: `STRUCT(contactList VARCHAR, "timestamp" VARCHAR, source VARCHAR, newTopicPreferences JSON,
    oldTopicPreferences JSON)`,
};

const selected = `
  eventType AS event_type,
  coalesce(delivery."timestamp", bounce."timestamp", complaint."timestamp", open."timestamp", click."timestamp",
    deliveryDelay."timestamp", subscription."timestamp", mail."timestamp")::TIMESTAMP AS event_time,
  mail.messageId AS message_id, mail."timestamp"::TIMESTAMP AS mail_timestamp,
  mail.tags->>'$."ses:configuration-set"[0]' AS configuration_set,
  mail.source AS source, mail.sourceArn AS source_arn, mail.sendingAccountId AS sending_account_id,
  mail.sourceIp AS source_ip, mail.callerIdentity AS caller_identity, mail.destination AS destination,
  mail.commonHeaders.subject AS subject, mail.commonHeaders."from" AS header_from,
  mail.commonHeaders.sender AS header_sender, mail.commonHeaders."to" AS header_to, mail.commonHeaders.cc AS header_cc,
  mail.commonHeaders.bcc AS header_bcc, mail.commonHeaders.replyTo AS header_reply_to,
  mail.commonHeaders.returnPath AS header_return_path, mail.commonHeaders."date" AS header_date,
  mail.commonHeaders.messageId AS header_message_id, mail.headersTruncated AS headers_truncated,
  mail.headers AS headers, mail.tags AS tags,
  delivery.recipients AS delivery_recipients, delivery.processingTimeMillis AS processing_time_millis,
  delivery.smtpResponse AS smtp_response,
  coalesce(delivery.reportingMTA, bounce.reportingMTA, deliveryDelay.reportingMTA) AS reporting_mta,
  coalesce(delivery.remoteMtaIp, bounce.remoteMtaIp) AS remote_mta_ip,
  bounce.bounceType AS bounce_type, bounce.bounceSubType AS bounce_sub_type,
  bounce.bouncedRecipients AS bounced_recipients, coalesce(bounce.feedbackId, complaint.feedbackId) AS feedback_id,
  complaint.complaintSubType AS complaint_sub_type, complaint.complaintFeedbackType AS complaint_feedback_type,
  complaint.complainedRecipients AS complained_recipients, complaint.arrivalDate::TIMESTAMP AS arrival_date,
  coalesce(complaint.userAgent, open.userAgent, click.userAgent) AS user_agent,
  coalesce(open.ipAddress, click.ipAddress) AS ip_address, coalesce(open.isBotEvent, click.isBotEvent) AS is_bot_event,
  click.link AS link, click.linkTags AS link_tags, reject.reason AS reject_reason,
  failure.templateName AS template_name, failure.errorMessage AS error_message,
  deliveryDelay.delayType AS delay_type, deliveryDelay.delayedRecipients AS delayed_recipients,
  deliveryDelay.expirationTime::TIMESTAMP AS expiration_time, subscription.contactList AS contact_list,
  subscription.source AS subscription_source, subscription.newTopicPreferences AS new_topic_preferences,
  subscription.oldTopicPreferences AS old_topic_preferences`;

export { recordColumns, selected };
