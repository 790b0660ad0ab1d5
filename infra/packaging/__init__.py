"""Makes what CloudFormation deploys: one template and one bundle of code."""
