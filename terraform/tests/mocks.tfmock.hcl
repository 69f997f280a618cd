# Mocked attributes for `terraform test` without an AWS account. The provider checks the form of these attributes, and
# Terraform would make up texts that do not have it:
#
#   mock_provider "aws" {
#     source = ".terraform/modules/email_events/terraform/tests"
#   }

mock_resource "aws_s3_bucket" {
  defaults = {
    id  = "made-bucket"
    arn = "arn:aws:s3:::made-bucket"
  }
}

mock_resource "aws_iam_role" {
  defaults = {
    id  = "made-role"
    arn = "arn:aws:iam::123456789012:role/made-role"
  }
}

mock_resource "aws_kms_key" {
  defaults = {
    arn    = "arn:aws:kms:eu-west-1:123456789012:key/0f1e2d3c-0000-4000-8000-000000000000"
    key_id = "0f1e2d3c-0000-4000-8000-000000000000"
  }
}

mock_resource "aws_kinesis_firehose_delivery_stream" {
  defaults = {
    arn = "arn:aws:firehose:eu-west-1:123456789012:deliverystream/made-stream"
  }
}

mock_resource "aws_sns_topic" {
  defaults = {
    arn = "arn:aws:sns:eu-west-1:123456789012:made-topic"
  }
}

mock_resource "aws_sqs_queue" {
  defaults = {
    arn = "arn:aws:sqs:eu-west-1:123456789012:made-queue"
    url = "https://sqs.eu-west-1.amazonaws.com/123456789012/made-queue"
  }
}

mock_data "aws_caller_identity" {
  defaults = {
    account_id = "123456789012"
  }
}

mock_data "aws_region" {
  defaults = {
    id = "eu-west-1"
  }
}

mock_data "aws_partition" {
  defaults = {
    partition  = "aws"
    dns_suffix = "amazonaws.com"
  }
}
