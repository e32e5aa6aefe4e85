"""The numbers of each part of a report, without a word of any language: arrays in, JSON out. For the worker."""
