"""Commands that are more than a call: a module for each, and the options that commands share."""
