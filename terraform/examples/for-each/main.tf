provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "us"
  region = "us-east-1"
}

locals {
  environments = {
    development = { force_destroy = true }
    staging     = { expiration_days = 120 }
    production  = { object_queue = true, expiration_days = 400 }
  }
}

module "email_events" {
  source   = "../.."
  for_each = local.environments

  name            = "mail-${each.key}"
  object_queue    = lookup(each.value, "object_queue", false)
  expiration_days = lookup(each.value, "expiration_days", null)
  force_destroy   = lookup(each.value, "force_destroy", false)
  catalog         = true
  catalog_from    = "2026-03-01"
}

module "email_events_us" {
  source    = "../.."
  count     = 1
  providers = { aws = aws.us }

  name         = "mail-us"
  catalog      = true
  catalog_from = "2026-03-01"
}

output "configuration_set_names" {
  value = { for environment, stream in module.email_events : environment => stream.configuration_set_names }
}
