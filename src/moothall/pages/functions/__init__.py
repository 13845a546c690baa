"""Who does what: functions, how far deals went already, and what is asked before one passes."""
