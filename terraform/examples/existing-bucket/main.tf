provider "aws" {
  region = "eu-west-1"
}

# Represents your existing bucket in this example.
resource "aws_s3_bucket" "archive" {
  bucket = "example-mail-archive"
}

module "email_events" {
  source = "../.."

  create_bucket = false
  bucket_name   = aws_s3_bucket.archive.bucket
  data_prefix   = "mail/events/"
  error_prefix  = "mail/errors/"
}

output "events_location" { value = module.email_events.events_location }
