"""The control that moves a page to another day and to other eyes."""
