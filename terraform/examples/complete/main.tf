provider "aws" {
  region = "eu-west-1"
}

resource "aws_sns_topic" "alarms" {
  name              = "email-events-alarms"
  kms_master_key_id = aws_kms_key.topics.key_id
}

resource "aws_sns_topic" "feedback" {
  name              = "email-events-feedback"
  kms_master_key_id = aws_kms_key.topics.key_id
}

data "aws_caller_identity" "current" {}

# The key of an encrypted topic must allow SES and CloudWatch to use it. The key alias/aws/sns does not, and
# notifications would be lost.
resource "aws_kms_key" "topics" {
  description         = "Encrypts the topics of email events"
  enable_key_rotation = true
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Effect    = "Allow"
        Principal = { Service = ["ses.amazonaws.com", "cloudwatch.amazonaws.com"] }
        Action    = ["kms:GenerateDataKey*", "kms:Decrypt"]
        Resource  = "*"
        Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.current.account_id } }
      },
    ]
  })
}

resource "aws_sns_topic_policy" "alarms" {
  arn = aws_sns_topic.alarms.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "cloudwatch.amazonaws.com" }
      Action    = "sns:Publish"
      Resource  = aws_sns_topic.alarms.arn
      Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.current.account_id } }
    }]
  })
}

resource "aws_sns_topic_policy" "feedback" {
  arn = aws_sns_topic.feedback.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "ses.amazonaws.com" }
      Action    = "sns:Publish"
      Resource  = aws_sns_topic.feedback.arn
      Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.current.account_id } }
    }]
  })
}

module "email_events" {
  source = "../.."

  name               = "shop-mail"
  configuration_sets = ["receipts", "newsletter"]
  tags               = { CostCenter = "4711" }

  encryption      = "new-key"
  expiration_days = 400
  object_queue    = true

  publish_feedback     = true
  feedback_topic_arn   = aws_sns_topic_policy.feedback.arn
  feedback_event_types = ["BOUNCE", "COMPLAINT", "RENDERING_FAILURE"]

  alarms            = true
  alarm_actions     = [aws_sns_topic_policy.alarms.arn]
  alarm_quiet_hours = 72

  catalog      = true
  catalog_from = "2026-03-01"

  archive_table          = true
  archive_schedule       = "02:00"
  archive_retention_days = 400
}

output "configuration_set_names" { value = module.email_events.configuration_set_names }
output "events_location" { value = module.email_events.events_location }
output "queue_url" { value = module.email_events.queue_url }
output "catalog_database" { value = module.email_events.catalog_database }
output "athena_workgroup" { value = module.email_events.athena_workgroup }
output "archive_table_location" { value = module.email_events.archive_table_location }
output "catalog_reader_policy_json" { value = module.email_events.catalog_reader_policy_json }
output "catalog_writer_policy_json" { value = module.email_events.catalog_writer_policy_json }
