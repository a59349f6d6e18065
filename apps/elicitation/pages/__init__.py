"""The pages that participants see: server-made, whole without JavaScript, live with it."""
