"""The widgets: they draw what the core decided and pass on what the person did."""
