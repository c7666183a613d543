"""What machines of partners read: shapes, their description (OpenAPI), and the words of refusals."""
