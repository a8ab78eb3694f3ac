"""Whatever is killed, every receipt shown stands for one complaint, one case, every commitment."""
