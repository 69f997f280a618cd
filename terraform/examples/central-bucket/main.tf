# The account that sends the mail.
provider "aws" {
  region = "eu-west-1"
}

# The account that owns the bucket.
provider "aws" {
  alias  = "archive"
  region = "eu-west-1"

  assume_role {
    role_arn = "arn:aws:iam::${local.archive_account}:role/terraform"
  }
}

locals {
  archive_account = "222222222222"
}

module "email_events" {
  source = "../.."

  create_bucket      = false
  bucket_name        = aws_s3_bucket.archive.bucket
  bucket_account_id  = local.archive_account
  bucket_encryption  = "existing-key"
  bucket_kms_key_arn = aws_kms_key.archive.arn

  # The streams of several accounts write to separate folders.
  data_prefix  = "shop/events/"
  error_prefix = "shop/errors/"
}

resource "aws_s3_bucket" "archive" {
  provider = aws.archive
  bucket   = "example-central-archive"
}

resource "aws_s3_bucket_public_access_block" "archive" {
  provider                = aws.archive
  bucket                  = aws_s3_bucket.archive.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

# The owner of the bucket owns every object, whichever account writes it.
resource "aws_s3_bucket_ownership_controls" "archive" {
  provider = aws.archive
  bucket   = aws_s3_bucket.archive.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "archive" {
  provider = aws.archive
  bucket   = aws_s3_bucket.archive.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.archive.arn
    }
  }
}

resource "aws_kms_key" "archive" {
  provider            = aws.archive
  description         = "Encrypts the central archive of email events"
  enable_key_rotation = true
}

# The printed policies. Firehose keeps records for 24 hours until they are attached.
resource "aws_s3_bucket_policy" "archive" {
  provider   = aws.archive
  bucket     = aws_s3_bucket.archive.id
  policy     = module.email_events.central_bucket_policy_json
  depends_on = [aws_s3_bucket_public_access_block.archive]
}

# Not an argument of the key, because the policy names the role, which the module creates for this key.
resource "aws_kms_key_policy" "archive" {
  provider = aws.archive
  key_id   = aws_kms_key.archive.key_id
  policy   = module.email_events.central_bucket_key_policy_json
}

output "configuration_set_names" { value = module.email_events.configuration_set_names }
output "events_location" { value = module.email_events.events_location }
