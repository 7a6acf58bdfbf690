"""The stand: starts the portal's parts on one machine, for the demo, the tests and the benchmark.

Not a Django app, and nothing in the portal imports it.
"""
