"""Many pages: from folders and archives one at a time, over several processes, results in order, to be gone on with."""
