// swift-tools-version: 6.0
import PackageDescription

// The kernels are compiled three times, from the same sources (KernelsV3 and KernelsV4 hold links),
// each for another instruction set; `KernelTable` chooses at run time. Debug builds optimise them too:
// an unoptimised SIMD loop is some 500 times slower and would make the tests crawl.
let optimised: SwiftSetting = .unsafeFlags(["-O"], .when(configuration: .debug))
#if arch(x86_64)
  let v3: [SwiftSetting] = [.unsafeFlags(["-Xcc", "-march=x86-64-v3"]), optimised]
  let v4: [SwiftSetting] = [
    .unsafeFlags(
      ["-march=x86-64-v4", "-mavx512vbmi", "-mprefer-vector-width=512"].flatMap { ["-Xcc", $0] }),
    optimised,
  ]
#else
  let v3: [SwiftSetting] = [optimised]
  let v4: [SwiftSetting] = [optimised]
#endif

// `FUZZ=1 swift build` makes the program `fuzz`, with libFuzzer in it; scripts/fuzz.sh does.
let isFuzzing = Context.environment["FUZZ"] == "1"
let instrumented: [SwiftSetting] = isFuzzing ? [.unsafeFlags(["-sanitize=fuzzer"])] : []
let fuzzTargets: [Target] = [
  .executableTarget(
    name: "fuzz", dependencies: ["FuzzLaws", "Renderer", "SceneLang"], path: "Fuzz/Driver",
    swiftSettings: [.unsafeFlags(["-parse-as-library", "-sanitize=fuzzer"])],
    linkerSettings: [.unsafeFlags(["-sanitize=fuzzer", "-use-ld=lld"])])
]

func library(_ name: String, _ pkgConfig: String?, debian: String) -> Target {
  .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([debian])])
}

let package = Package(
  name: "ascii-scene",
  products: [.executable(name: "ascii-scene", targets: ["ascii-scene"])],
  targets: [
    library("CYAML", "yaml-0.1", debian: "libyaml-dev"),
    library("CFreeType", "freetype2", debian: "libfreetype-dev"),
    library("CZlib", "zlib", debian: "zlib1g-dev"),
    library("CXXHash", "libxxhash", debian: "libxxhash-dev"),
    // Without pkg-config: their files pass defines that the package manager refuses with a warning.
    library("CKissFFT", nil, debian: "libkissfft-dev"),
    library("CUTF8Proc", nil, debian: "libutf8proc-dev"),
    .target(name: "CSystem"),
    .target(name: "CVector", cSettings: [.unsafeFlags(["-ffp-contract=off"])]),
    .target(name: "CData", cSettings: [.unsafeFlags(["-std=gnu2x", "-Wno-c23-extensions"])]),

    .target(name: "KernelTable"),
    .target(name: "Kernels", dependencies: ["CVector", "KernelTable"], swiftSettings: [optimised]),
    .target(name: "KernelsV3", dependencies: ["CVector", "KernelTable"], swiftSettings: v3),
    .target(name: "KernelsV4", dependencies: ["CVector", "KernelTable"], swiftSettings: v4),

    .target(
      name: "SceneLang", dependencies: ["CYAML", "CUTF8Proc", "CXXHash"], swiftSettings: instrumented),
    .target(
      name: "Renderer",
      dependencies: [
        "SceneLang", "KernelTable", "Kernels", "KernelsV3", "KernelsV4",
        "CFreeType", "CKissFFT", "CZlib", "CXXHash", "CSystem", "CData", "CUTF8Proc",
      ],
      exclude: ["Prelude"],
      plugins: ["EmbedScenes"]),
    .executableTarget(
      name: "ascii-scene", dependencies: ["SceneLang", "Renderer", "CSystem"], exclude: ["Template"],
      plugins: ["EmbedScenes"]),
    .plugin(name: "EmbedScenes", capability: .buildTool(), exclude: ["embed.sh"]),

    .target(name: "FuzzLaws", dependencies: ["SceneLang"], path: "Fuzz/Laws"),
    .testTarget(name: "SceneLangTests", dependencies: ["SceneLang", "FuzzLaws"], exclude: ["Fixtures"]),
    .testTarget(
      name: "RendererTests", dependencies: ["Renderer", "SceneLang", "FuzzLaws"], exclude: ["Golden"]),
    .testTarget(name: "CommandTests", dependencies: ["ascii-scene"]),
  ] + (isFuzzing ? fuzzTargets : []),
  swiftLanguageModes: [.v6],
  cLanguageStandard: .gnu11
)
