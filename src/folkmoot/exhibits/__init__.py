"""Results as maps, charts, tables and one report, for notebook, file and page alike."""
