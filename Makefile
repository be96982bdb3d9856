# The entry points. Each is a script of scripts/, where the why is written.
.PHONY: help run build check test soak bench bench-growth bench-idle bench-overload

help:
	@echo "make run     build what changed, load demonstration data, serve on http://127.0.0.1:8080"
	@echo "make build   web app and api in release"
	@echo "make check   fmt, clippy, unit tests: the inner loop"
	@echo "make test    everything that must hold, on SQLite, PostgreSQL and in a browser"
	@echo "make soak    the long versions: random walks, kills, wrong requests, a million people; for hours"
	@echo "make bench   beside hand-written SQL, PostGraphile and Directus; bench-growth: with more data; bench-idle, bench-overload"

run build check test soak bench bench-growth bench-idle bench-overload:
	@scripts/$@.sh
