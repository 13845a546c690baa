"""Where the hall is put together: settings, addresses, moves, and the process that serves."""
