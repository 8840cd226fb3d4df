"""Fuzzing: functions that take any bytes and fail only where a promise is broken, and the program that runs them."""
