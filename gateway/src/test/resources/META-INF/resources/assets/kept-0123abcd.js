// named by its content
