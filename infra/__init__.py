"""What runs the system: the template, its packaging, deployment and the laptop's cloud."""
