provider "aws" {
  region = "eu-west-1"
}

module "email_events" {
  source = "../.."
}

output "configuration_set_names" { value = module.email_events.configuration_set_names }
output "events_location" { value = module.email_events.events_location }
