"""The hall: a website in which commissioning bodies remember, decide and show."""
