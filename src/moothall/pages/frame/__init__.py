"""The frame of every page: layout, navigation, figures as words, downloads, faults."""
