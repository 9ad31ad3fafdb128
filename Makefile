# `make run` and `make test` do all their set-up themselves; see README.md.
.PHONY: run test build packages web bench lint fuzz clean

SITE ?= examples/demo
BUILD := build/release

run: build
	exec $(BUILD)/marsad run $(SITE)

build: packages web
	tools/build release marsad

test: packages web
	tools/test

bench: packages web
	bench/report

lint: packages web
	tools/lint

fuzz: packages
	tools/fuzz

packages:
	@tools/install_packages

web:
	@tools/build_web

clean:
	rm -rf build web/dist web/node_modules
