"""How HTTP is spoken here: endpoints, one shape of error, who asks, how often, files. Nothing of queues."""
