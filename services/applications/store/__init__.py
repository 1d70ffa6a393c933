"""Tables, statements, data files and the files of attachments."""
