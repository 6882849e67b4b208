# Every way into the project. `make help` lists them.

PREFIX ?= /usr/local
SWIFT ?= swift
# Extra flags for both configurations, for example SWIFT_FLAGS="--scratch-path /tmp/build".
SWIFT_FLAGS ?=
# Tests and CI allow no warning; a user's build with a newer compiler may warn.
STRICT := -Xswiftc -warnings-as-errors
# The Swift runtime is linked in: the program starts in 2 instead of 7 ms and needs no toolchain where it is installed.
RELEASE := -c release --product ascii-scene --static-swift-stdlib

PROGRAM = $$($(SWIFT) build $(RELEASE) $(SWIFT_FLAGS) --show-bin-path)/ascii-scene

.PHONY: help deps toolchain build demo test bench compare-audio gallery schema promises fuzz lint install clean

help: ## show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 18

deps: ## install the Debian packages that are missing
	@scripts/install-deps.sh ffmpeg libraries

toolchain:
	@command -v $(SWIFT) >/dev/null || { \
	  echo "make: no Swift toolchain found as '$(SWIFT)'."; \
	  echo "  ascii-scene needs Swift 6.3 or newer: https://www.swift.org/install/linux/ (swiftly, a tarball or a container)."; \
	  echo "  If it is installed elsewhere: make SWIFT=/path/to/swift"; \
	  exit 3; } >&2

build: toolchain ## build .build/release/ascii-scene
	$(SWIFT) build $(RELEASE) $(SWIFT_FLAGS)

demo: deps build ## render scenes/intro.yaml to out/intro.mp4
	@mkdir -p out
	$(PROGRAM) build scenes/intro.yaml -o out/intro.mp4
	@echo "The video is $(CURDIR)/out/intro.mp4"

test: deps toolchain ## run all tests, warnings are errors
	$(SWIFT) test $(STRICT) $(SWIFT_FLAGS)

bench: deps build ## time scenes and shaders beside numpy, fields beside loops by hand, builds beside encoders alone; out/bench*.json
	@scripts/bench-python.sh bench/compare.py --program "$(PROGRAM)" --output out/bench.json
	@scripts/bench-python.sh bench/shaders.py --program "$(PROGRAM)" --output out/bench-shaders.json
	@-scripts/bench-python.sh bench/builds.py --program "$(PROGRAM)" --output out/bench-builds.json
	@python3 bench/fused.py --program "$(PROGRAM)"
	@python3 bench/entries.py --program "$(PROGRAM)"

compare-audio: deps build ## hold features and beats of music to numpy, to what was played and to librosa
	@scripts/compare-audio.sh "$(PROGRAM)"

gallery: deps build ## write docs/gallery.md with its thumbnails
	@scripts/make-gallery.sh "$(PROGRAM)"

schema: deps build ## hold the JSON Schema to the scenes and examples
	@scripts/check-schema.sh "$(PROGRAM)"

promises: deps build ## try what depends on a quiet machine: two workers, estimates, memory, a video as input; 10 minutes
	@scripts/check-speed.sh "$(PROGRAM)" scenes/intro.yaml
	@python3 scripts/check_memory.py "$(PROGRAM)"
	@python3 scripts/check_video_input.py "$(PROGRAM)"

fuzz: deps toolchain ## let libFuzzer look for ten minutes a target for texts that break the checker
	@scripts/fuzz.sh 600

lint: toolchain ## check the formatting
	$(SWIFT) format lint --strict --recursive Sources Tests Fuzz Plugins Package.swift

install: build ## copy the program to PREFIX/bin (PREFIX=/usr/local)
	install -D -m 755 "$(PROGRAM)" "$(DESTDIR)$(PREFIX)/bin/ascii-scene"

clean: ## delete what was built and rendered
	rm -rf .build out
