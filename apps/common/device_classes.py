"""Classes of devices, in the one order that packed answers keep (`responses/packing`): a new one comes last."""

DEVICES = ("phone", "tablet", "computer", "other")
