"""Tests that drive a real browser. What they wait for may take as long as a busy machine needs for one step."""

from playwright.sync_api import expect

expect.set_options(timeout=45_000)
