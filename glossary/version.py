"""The version of the tool and of the data it ships, in one place."""

VERSION = "0.1.0"
