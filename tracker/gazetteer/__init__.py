"""Who and where: strict readers of seeds/, and indexes over them."""
