provider "aws" {
  region = "eu-west-1"
}

module "email_events" {
  source = "../.."

  configuration_sets = ["receipts"]
}

# Mail from this domain is recorded, although its senders name no configuration set.
resource "aws_sesv2_email_identity" "shop" {
  email_identity         = "shop.example.com"
  configuration_set_name = one(module.email_events.configuration_set_names)
}

# Publish these as CNAME records: TOKEN._domainkey.shop.example.com with the value TOKEN.dkim.amazonses.com.
output "dkim_tokens" { value = flatten(aws_sesv2_email_identity.shop.dkim_signing_attributes[*].tokens) }
output "events_location" { value = module.email_events.events_location }
